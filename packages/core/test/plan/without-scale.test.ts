import { describe, expect, test } from "vitest";
import { SCALE, SEVERITY, type SeveritySpec, compile, severity } from "../../src/index.ts";
import { withoutScale } from "../../src/plan/curves/without-scale.ts";
import { amountsOf, planOf } from "./compiled-amounts.ts";

/** Laws of amounts that are `f` times as large. */
const LAWS: Readonly<Record<string, (f: number) => SeveritySpec>> = {
  gamma: (f) => ({ law: "gamma", shape: 2.5, scale: 2000 * f }),
  inverseGaussian: (f) => ({ law: "inverseGaussian", mean: 5000 * f, shape: 8000 * f }),
  singleParameterPareto: (f) => ({ law: "singleParameterPareto", shape: 3.5, min: 3500 * f }),
  generalizedPareto: (f) => ({ law: "generalizedPareto", shape: 0.25, scale: 3000 * f, location: 1000 * f }),
  uniform: (f) => ({ law: "uniform", min: 1000 * f, max: 9000 * f }),
  "uniform from 0": (f) => ({ law: "uniform", min: 0, max: 9000 * f }),
  triangular: (f) => ({ law: "triangular", min: 1000 * f, mode: 3000 * f, max: 12_000 * f }),
  "triangular, its mode an end": (f) => ({ law: "triangular", min: 1000 * f, mode: 1000 * f, max: 12_000 * f }),
  histogram: (f) => ({ law: "histogram", edges: [0, 1000 * f, 5000 * f, 20_000 * f], weights: [3, 4, 2] }),
  mixture: (f) => ({
    law: "mixture",
    weights: [0.8, 0.2],
    components: [
      { law: "lognormal", meanlog: 8 + Math.log(f), sdlog: 1.2 },
      { law: "mixture", weights: [1, 1], components: [LAWS.gamma(f), LAWS.triangular(f)] },
    ],
  }),
};
const FACTORS = [1, 0.371, 3, 1234.567];
const US = [1e-12, 1e-5, 0.001, 0.1, 0.3, 0.33333, 0.5, 0.7, 0.9, 0.99, 1 - 1e-5, 1 - 1e-9];

describe("laws that differ in their scale alone", () => {
  test.each(Object.entries(LAWS))("have one curve: %s", (_, law) => {
    const [first, ...others] = FACTORS.map((f) => planOf(law(f)));
    const lines = [first, ...others].flatMap((plan) => plan.lines);
    const { severities, scales } = compile({ ...first, lines });
    const starts = lines.map((_line, i) => severities[i * SEVERITY.fields + SEVERITY.start]);
    // Few of them: where rounding falls between two numbers, it falls on either side.
    expect(new Set(starts).size).toBeLessThan(3);
    FACTORS.forEach((f, i) => {
      const shift = scales[i * SCALE.fields + SCALE.shift] - scales[SCALE.shift];
      expect(shift).toBeCloseTo(Math.log2(f), 12);
    });
  });

  test.each(Object.entries(LAWS))("have amounts of their own: %s", (_, law) => {
    for (const survival of [1, 0.4]) {
      for (const f of FACTORS) {
        const { amounts } = amountsOf(planOf(law(f), survival), US);
        const own = severity(law(f));
        amounts.forEach((amount, i) => {
          const truth = survival < 1 ? own.quantile(survival * US[i], "upper") : own.quantile(US[i], "lower");
          expect(Math.abs(amount / truth - 1)).toBeLessThan(1e-12);
        });
      }
    }
  });
});

test.each<[string, SeveritySpec]>([
  ["has atoms", { law: "constant", value: 9 }],
  ["mixes atoms", { law: "mixture", weights: [1, 1], components: [{ law: "constant", value: 9 }, LAWS.gamma(1)] }],
  ["has a location that amounts of both signs are about", { law: "normal", mean: 5000, sd: 10 }],
  ["begins below 0", { law: "uniform", min: -1, max: 5 }],
  ["begins below 0", { law: "generalizedPareto", shape: 0.2, scale: 5, location: -1 }],
  ["begins below 0", { law: "histogram", edges: [-1, 0, 5], weights: [1, 1] }],
  ["has hardly a width", { law: "triangular", min: 1e9, mode: 1e9 + 1, max: 1e9 + 2 }],
  ["has hardly a width somewhere", { law: "histogram", edges: [1, 1e9, 1e9 + 1, 2e9], weights: [1, 1, 1] }],
  ["is cut", { law: "truncated", of: LAWS.gamma(1), upper: 9000 }],
  ["has that scale", { law: "gamma", shape: 2, scale: 1 }],
  [
    "mixes what is too far apart",
    { law: "mixture", weights: [1, 1], components: [LAWS.gamma(1), { law: "exponential", scale: 1e200 }] },
  ],
  ["is of a scale that powers would not take", { law: "gamma", shape: 2, scale: 1e40 }],
])("a law that %s stands for itself", (_, spec) => expect(withoutScale(spec)).toBeNull());
