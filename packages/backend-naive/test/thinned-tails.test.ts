import { type SeveritySpec, severity } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { planOf, runPlan } from "./run-plan.ts";

/** Claims a test looks at: one kept claim in a year on average, from as many ground-up claims as that takes. */
const TRIALS = 40_960;

/** The Kolmogorov–Smirnov distance of values from the uniform law, times √n: above 2.2 once in 8,000 samples. */
function distanceFromUniform(values: Float64Array): number {
  const n = values.length;
  return Math.sqrt(n) * Math.max(...values.sort().map((u, i) => Math.max(u - i / n, (i + 1) / n - u)));
}

const LAWS: SeveritySpec[] = [
  { law: "lognormal", meanlog: 8, sdlog: 1.2 },
  { law: "pareto", shape: 2.5, scale: 10_000 },
  { law: "gamma", shape: 0.7, scale: 3000 },
  { law: "weibull", shape: 0.6, scale: 900 },
  {
    law: "mixture",
    weights: [0.9, 0.1],
    components: [
      { law: "exponential", scale: 1000 },
      { law: "pareto", shape: 3, scale: 9000 },
    ],
  },
];

describe.each([1e-2, 1e-6, 1e-9, 1e-12])("one claim in %d passes the attachment", (rare) => {
  test.each(LAWS.map((spec) => [spec.law, spec] as const))(
    "%s: the claims beyond it have its tail",
    async (_, spec) => {
      const law = severity(spec);
      const attachment = law.quantile(rare, "upper");
      const survival = law.survival(attachment);
      const definition = planOf([{ frequency: { law: "poisson", lambda: 1 }, severity: spec }], TRIALS);
      const [line] = definition.lines;
      const { losses } = await runPlan({
        ...definition,
        lines: [
          {
            ...line,
            // Beyond what a portfolio may say, so that there are claims to look at: 1e12 claims a year.
            frequency: { law: "poisson", lambda: 1 / survival },
            terms: { ...line.terms, attachment },
            survival,
            placement: "scatter",
          },
        ],
      });
      // In a year with one claim the total is its excess; P(X > x | X > attachment) of it is uniform.
      const single = losses.total.filter((_excess, t) => losses.claims[t] === 1);
      const uniforms = single.map((excess) => law.survival(attachment + excess) / survival);
      const distance = distanceFromUniform(uniforms);
      expect(single.length).toBeGreaterThan(0.3 * TRIALS);
      expect(distance).toBeLessThan(2.2);
      const years = losses.claims.reduce((sum, k) => sum + k, 0);
      expect(Math.abs(years - TRIALS)).toBeLessThan(4.5 * Math.sqrt(TRIALS));
    },
  );
});

test("what 1 − u would have made of it: at S = 1e-12 the tail comes in steps of 1e-4", () => {
  const law = severity({ law: "pareto", shape: 2.5, scale: 10_000 });
  const excesses = new Set<number>();
  for (let v = 0.0001; v < 1; v += 0.0001) excesses.add(law.quantile(1 - 1e-12 * v, "lower"));
  expect(excesses.size).toBeLessThan(9100);
  expect(law.quantile(1e-12 * 0.5, "upper") / law.quantile(1 - 1e-12 * 0.5, "lower") - 1).not.toBeCloseTo(0, 6);
});
