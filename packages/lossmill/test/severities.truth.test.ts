// Every law of amounts on a great many uniforms, in the lower tail and thinned in the upper one: the kernel's amounts against
// core's quantile of the same uniforms.
import { backend } from "@lossmill/backend-vectorized";
import {
  BLOCK_TRIALS,
  type Plan,
  SEVERITIES,
  type SeveritySpec,
  checkPortfolio,
  makePlan,
  severity,
  uniformSource,
} from "@lossmill/core";
import { afterAll, expect, test } from "vitest";
import { severityLaws } from "../../core/src/laws/severities/index.ts";
import { runOf } from "../../../tools/testing/agreement.ts";

/** A million (TRUTH_UNIFORMS=1e6) take a minute and find nothing worse: 3e-13, next to a histogram's edges. */
const UNIFORMS = Number(process.env["TRUTH_UNIFORMS"] ?? 20_000);

const LAWS: readonly SeveritySpec[] = [
  { law: "lognormal", meanlog: 8, sdlog: 1.3 },
  { law: "exponential", scale: 5000 },
  { law: "gamma", shape: 0.3, scale: 3000 },
  { law: "inverseGamma", shape: 2.5, scale: 3000 },
  { law: "weibull", shape: 0.7, scale: 9000 },
  { law: "inverseWeibull", shape: 2, scale: 4000 },
  { law: "pareto", shape: 1.5, scale: 4000 },
  { law: "singleParameterPareto", shape: 1.5, min: 4000 },
  { law: "generalizedPareto", shape: 0.3, scale: 1000, location: 100 },
  { law: "burr", shape1: 2, shape2: 1.5, scale: 3000 },
  { law: "inverseBurr", shape1: 2, shape2: 1.5, scale: 3000 },
  { law: "loglogistic", shape: 2, scale: 3000 },
  { law: "paralogistic", shape: 2, scale: 3000 },
  { law: "inverseGaussian", mean: 5000, shape: 3000 },
  { law: "beta", shape1: 0.6, shape2: 3, scale: 10_000 },
  { law: "uniform", min: 100, max: 900 },
  { law: "triangular", min: 150, mode: 420, max: 1400 },
  { law: "constant", value: 77.7 },
  { law: "empirical", values: [500, 100, 9.5, 4], weights: [1, 2, 3, 4] },
  { law: "histogram", edges: [0, 100, 500, 2000], weights: [3, 4, 2] },
  { law: "truncated", of: { law: "normal", mean: 3000, sd: 2000 }, lower: 0 },
  { law: "truncated", of: { law: "student", df: 3, location: 3000, scale: 900 }, lower: 0, upper: 50_000 },
  {
    law: "mixture",
    weights: [1, 3],
    components: [
      { law: "constant", value: 1000 },
      { law: "gamma", shape: 2, scale: 700 },
    ],
  },
  {
    law: "spliced",
    weights: [0.9, 0.1],
    breaks: [20_000],
    components: [
      { law: "lognormal", meanlog: 8, sdlog: 1 },
      { law: "singleParameterPareto", shape: 1.9, min: 20_000 },
    ],
  },
];

const worst: string[] = [];
afterAll(() => console.log(`${UNIFORMS} uniforms, worst relative error of an amount\n${worst.join("\n")}`));

/** One claim a trial of that law, without terms; of a line thinned to `survival` one in that share of the trials. */
function planOf(law: SeveritySpec, survival: number): Plan {
  const policies = [{ id: "a", frequency: { law: "binomial" as const, size: 1, prob: 1 }, severity: law }];
  const plan = makePlan(checkPortfolio({ name: "book", policies }), {
    trials: Math.ceil(UNIFORMS / survival),
    seed: "2027",
    optimizationLevel: 0,
    // Quantile tables where they are ever used.
    horizon: 10_000_000,
  });
  return { ...plan, lines: plan.lines.map((line) => ({ ...line, survival })) };
}

test("every law is among them", () => {
  const inner = LAWS.flatMap((law) => [law.law, ...(law.law === "truncated" ? [law.of.law] : [])]);
  expect([...new Set(inner)].toSorted()).toEqual([...severityLaws].toSorted());
});

test.each(LAWS.map((law) => [law.law, law] as const))("%s", async (name, spec) => {
  const law = severity(spec);
  for (const survival of [1, 0.4]) {
    const plan = planOf(spec, survival);
    const { losses, trials } = await runOf(backend, plan);
    const source = uniformSource(plan.seed);
    const uniforms = new Float64Array(BLOCK_TRIALS);
    let most = 0;
    let claims = 0;
    for (let start = 0; start < trials; start += BLOCK_TRIALS) {
      source.seek(0, start / BLOCK_TRIALS, SEVERITIES);
      source.fill(uniforms, BLOCK_TRIALS);
      // Trials without a claim have drawn no amount.
      let next = 0;
      for (let t = start; t < Math.min(start + BLOCK_TRIALS, trials); t++) {
        if (losses.claims[t] === 0) continue;
        const u = uniforms[next++];
        const expected = survival === 1 ? law.quantile(u, "lower") : law.quantile(survival * u, "upper");
        if (losses.total[t] !== expected) most = Math.max(most, Math.abs(losses.total[t] / expected - 1));
      }
      claims += next;
    }
    worst.push(`${most.toExponential(1)} ${name}${survival === 1 ? "" : ", thinned"}`);
    expect(claims).toBeGreaterThan(0.95 * UNIFORMS);
    expect(most).toBeLessThanOrEqual(1e-10);
  }
});
