import { expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import type { Figure } from "../../src/summary/figure.ts";
import { report } from "../../src/summary/report.ts";
import { summarize } from "../../src/summary/summary.ts";

/**
 * 1,000 runs of 4,096 trials with an exponential annual loss of mean 1, whose mean and sd are 1, whose VaR_p is
 * −ln(1 − p) and whose TVaR_p is 1 − ln(1 − p) exactly: 205, 41 and 4 losses make a TVaR. A TVaR ± 1.96 standard errors
 * would hold the truth in 94.5, 92.7 and 81 % of runs.
 */
const RUNS = 1000;
const TRIALS = 4096;
const LEVELS = [0.95, 0.99, 0.999];

const { seek, fill } = uniformSource("20270101");

function figuresOfRun(run: number): Figure[] {
  seek(0, run, SEVERITIES);
  const total = new Float64Array(TRIALS);
  fill(total, TRIALS);
  for (let i = 0; i < TRIALS; i++) total[i] = -Math.log(total[i]);
  const summary = summarize({ total, maxOccurrence: total, claims: total }, TRIALS, TRIALS);
  const exists = { mean: true, variance: true, fourthMoment: true };
  const { mean, sd, quantiles } = report({ summary, total, maxOccurrence: total, exists, levels: LEVELS });
  return [mean, sd, ...quantiles.map(({ tvar }) => tvar), quantiles[0].var, quantiles[0].oep];
}

test("95 % intervals hold the truth in about 95 % of runs", () => {
  const [p] = LEVELS;
  const truths = [1, 1, ...LEVELS.map((level) => 1 - Math.log(1 - level)), -Math.log(1 - p), -Math.log(1 - p)];
  const held = truths.map(() => 0);
  for (let run = 0; run < RUNS; run++) {
    figuresOfRun(run).forEach(({ low, high }, i) => (held[i] += Number(low! <= truths[i] && truths[i] <= high!)));
  }
  // The share of 1,000 runs has a standard deviation of 0.7 %: three of them either way. Order statistics hold at least
  // 95 % by definition, here 95.5 %.
  console.log("intervals of mean, sd, three TVaRs, VaR and OEP that hold the truth, of 1,000:", held);
  held.forEach((runs, i) => {
    expect([i, runs >= 930, runs <= (i < 5 ? 970 : 980)]).toEqual([i, true, true]);
  });
});
