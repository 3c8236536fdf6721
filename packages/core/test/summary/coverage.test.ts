import { expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import type { Figure } from "../../src/summary/figure.ts";
import { report } from "../../src/summary/report.ts";
import { summarize } from "../../src/summary/summary.ts";

/**
 * 1,000 runs of 4,096 trials with an exponential annual loss of mean 1, whose mean and sd are 1, whose VaR_p is
 * −ln(1 − p) and whose TVaR_p is 1 − ln(1 − p) exactly. At p = 0.95 some 205 losses make a TVaR: enough for its
 * error to be nearly normal. Of 41 (p = 0.99) intervals hold the truth in 92.7 % of 3,000 runs, of 4 in 82 %.
 */
const RUNS = 1000;
const TRIALS = 4096;
const P = 0.95;

const { seek, fill } = uniformSource("20270101");

function figuresOfRun(run: number): Record<"mean" | "sd" | "var" | "tvar" | "oep", Figure> {
  seek(0, run, SEVERITIES);
  const total = new Float64Array(TRIALS);
  fill(total, TRIALS);
  for (let i = 0; i < TRIALS; i++) total[i] = -Math.log(total[i]);
  const summary = summarize({ total, maxOccurrence: total, claims: total }, TRIALS, TRIALS);
  const exists = { mean: true, variance: true, fourthMoment: true };
  const { mean, sd, quantiles } = report({ summary, total, maxOccurrence: total, exists, levels: [P] });
  return { mean, sd, ...quantiles[0] };
}

test("95 % intervals hold the truth in about 95 % of runs", () => {
  const truth = { mean: 1, sd: 1, var: -Math.log(1 - P), tvar: 1 - Math.log(1 - P), oep: -Math.log(1 - P) };
  const names = ["mean", "sd", "var", "tvar", "oep"] as const;
  const held = { mean: 0, sd: 0, var: 0, tvar: 0, oep: 0 };
  for (let run = 0; run < RUNS; run++) {
    const figures = figuresOfRun(run);
    for (const name of names) if (figures[name].low! <= truth[name] && truth[name] <= figures[name].high!) held[name]++;
  }
  // The share of 1,000 runs has a standard deviation of 0.7 %: three of them either way. Order statistics hold at least
  // 95 % by definition, here 95.5 %.
  console.log("intervals that hold the truth, of 1,000:", held);
  for (const name of names) {
    expect(held[name]).toBeGreaterThanOrEqual(930);
    expect(held[name]).toBeLessThanOrEqual(name === "var" || name === "oep" ? 980 : 970);
  }
});
