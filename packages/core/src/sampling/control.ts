import { BLOCK_TRIALS } from "../plan/block.ts";
import { hasAggregateTerm } from "../plan/line-terms.ts";
import type { Line, Plan } from "../plan/plan.ts";
import type { Sampler } from "./sampler.ts";

/** How many controls a trial has. */
export const CONTROLS = 2;

/**
 * Control variates (Lavenberg and Welch 1981, "A perspective on the use of control variables to increase the efficiency of
 * Monte Carlo simulations"): totals that go with the book's loss and have means in closed form, `controlMeans`. What a policy
 * pays for its year's sum of claims S above D, up to L, is mostly what it would pay for each claim alone, min(S, D + L) −
 * min(S, D). So a trial has, with the share of each policy, the sums over claims y of min(y, D) and of min(y, D + L);
 * without terms of the year, 0 and y.
 */
export function controlSampler({ lines }: Plan): Sampler {
  const sums = new Float64Array(CONTROLS * BLOCK_TRIALS);
  const upTo = lines.map(controlLimits);
  return {
    lines: lines.map(({ terms }) => ({ counts: false, claims: false, payments: terms.insurerShare > 0 })),
    begin() {
      sums.fill(0);
    },
    counts() {},
    claims() {},
    payments(line, n, paid, trials) {
      const [low, high] = upTo[line];
      const share = lines[line].terms.insurerShare;
      for (let i = 0; i < n; i++) {
        const y = paid[i];
        const t = trials[i];
        sums[t] += share * Math.min(y, low);
        sums[BLOCK_TRIALS + t] += share * Math.min(y, high);
      }
    },
    finish({ controls }) {
      controls!.set(sums);
    },
  };
}

/** Up to where a line's payments count in each control. */
export function controlLimits({ terms }: Line): readonly [number, number] {
  if (!hasAggregateTerm(terms)) return [0, Infinity];
  const { aggregateDeductible, aggregateLimit } = terms;
  return [aggregateDeductible, aggregateDeductible + (aggregateLimit ?? Infinity)];
}
