import { BLOCK_TRIALS } from "../plan/block.ts";
import type { Plan } from "../plan/plan.ts";
import { leastAtom } from "./claim-intensity.ts";
import type { Sampler } from "./sampler.ts";

/**
 * For conditional Monte Carlo, what a trial's outputs do not tell: how many of its claims pay as much as the largest, where
 * that is an amount that claims share, such as a limit; 0 elsewhere. The figures are made of it, of the total and of the
 * largest payment (`conditionalReport`); what is drawn stays as it is.
 */
export function conditionalSampler({ lines }: Plan): Sampler {
  const largest = new Float64Array(BLOCK_TRIALS);
  const many = new Float64Array(BLOCK_TRIALS);
  const leasts = lines.map(leastAtom);
  return {
    lines: leasts.map((least) => ({ counts: false, claims: false, payments: least < Infinity })),
    begin() {
      largest.fill(0);
      many.fill(0);
    },
    counts() {},
    claims() {},
    payments(line, n, paid, trials) {
      const least = leasts[line];
      const share = lines[line].terms.insurerShare;
      for (let i = 0; i < n; i++) {
        if (paid[i] < least) continue;
        const net = share * paid[i];
        const t = trials[i];
        if (net > largest[t]) {
          largest[t] = net;
          many[t] = 1;
        } else if (net === largest[t]) many[t]++;
      }
    },
    finish({ maxOccurrence, controls }) {
      for (let t = 0; t < BLOCK_TRIALS; t++) controls![t] = largest[t] === maxOccurrence[t] ? many[t] : 0;
    },
  };
}
