import { describe, expect, test } from "vitest";
import {
  SCALE,
  SEVERITY,
  type SeveritySpec,
  checkPortfolio,
  claimForms,
  compile,
  holeFiller,
  makePlan,
} from "../../src/index.ts";
import { normalQuantile } from "../../src/math/normal.ts";
import { curveAt } from "../../src/plan/recipe.ts";
import { fillListed } from "./compiled-amounts.ts";

const exponential = { law: "exponential", scale: 700 } as const;
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;
const gamma = { law: "gamma", shape: 2, scale: 700 } as const;
const listed: SeveritySpec = { law: "empirical", values: [1, 5, 9], weights: [1, 1, 1] };
const torn: SeveritySpec = {
  law: "mixture",
  weights: [1, 1],
  components: [{ law: "constant", value: 1000 }, exponential],
};

const planOf = (
  severities: readonly (readonly [SeveritySpec, lambda: number, deductible?: number])[],
  trials: number,
) =>
  makePlan(
    checkPortfolio({
      name: "book",
      policies: severities.map(([severity, lambda, deductible = 0], i) => ({
        id: `${i}`,
        copies: 2,
        frequency: { law: "poisson", lambda },
        severity,
        terms: { occurrence: { deductible } },
      })),
    }),
    { seed: "1", trials, horizon: trials, optimizationLevel: 3 },
  );
const formsOf = (...given: Parameters<typeof planOf>) => {
  const plan = planOf(...given);
  return claimForms(plan, compile(plan));
};

const spliced: SeveritySpec = {
  law: "spliced",
  weights: [0.7, 0.2, 0.1],
  breaks: [600, 1500],
  components: [gamma, exponential, gamma],
};

describe("the claims of a year by what gives their amounts", () => {
  test("each form, by the claims that are drawn", () => {
    const found = formsOf(
      [
        [lognormal, 3],
        [gamma, 2],
        [listed, 0.5],
      ],
      4096,
    );
    // What lies beyond the reach of a curve is still its.
    expect(found).toEqual({ quantile: 0, curve: 4, line: 6, steps: 1, law: 0 });
    // Thinned: P(X > 700) = 1/e of them can pay.
    expect(formsOf([[exponential, 1, 700]], 4096).curve).toBeCloseTo(2 * Math.exp(-1), 12);
    // A horizon that repays it.
    expect(formsOf([[gamma, 2]], 1_048_576)).toEqual({ quantile: 4, curve: 0, line: 0, steps: 0, law: 0 });
  });

  test.each([
    ["an atom", torn, 0],
    ["an atom, thinned", torn, 300],
    ["a splice", spliced, 0],
    ["a splice, thinned", spliced, 500],
  ] as const)("%s: as many are asked of the law as a kernel asks", (_name, severity, deductible) => {
    // So far that nothing of a spread as wide as this is beyond the reach of the curve.
    const plan = planOf([[severity, 1, deductible]], 65_536);
    const compiled = compile(plan);
    const { law, curve } = claimForms(plan, compiled);
    const { survival } = plan.lines[0];
    const n = 100_000;
    // Evenly spread uniforms.
    const z = Float64Array.from({ length: n }, (_, i) => normalQuantile((survival * (i + 0.5)) / n, "lower"));
    const { curves, scales, severities } = compiled;
    const start = severities[SEVERITY.start];
    const x = z.map((one) => curveAt(curves, start, scales[SCALE.slope] * one + scales[SCALE.offset]));
    const asked = x.reduce((sum, amount) => sum + Number(Number.isNaN(amount)), 0) / n;
    expect(asked).toBeGreaterThan(0);
    fillListed(holeFiller(plan, compiled), 0, z, x, n);
    expect(x.some(Number.isNaN)).toBe(false);
    expect(Math.abs(law / (law + curve) - asked)).toBeLessThan(2e-4);
    expect(law + curve).toBeCloseTo(2 * survival, 12);
  });

  test("a law without a curve is asked for all", () => {
    const plan = planOf([[torn, 2]], 4096);
    const compiled = compile(plan);
    compiled.scales[SCALE.slope] = 0;
    expect(claimForms(plan, compiled)).toEqual({ quantile: 0, curve: 0, line: 0, steps: 0, law: 4 });
  });
});
