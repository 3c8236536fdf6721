import { describe, expect, test } from "vitest";
import { countLaw, type FrequencySpec } from "../../src/laws/counts/index.ts";
import { searchQuantile } from "../../src/laws/counts/numerics/quantile-search.ts";
import { uniforms } from "./uniforms.ts";

const SPECS: readonly FrequencySpec[] = [
  { law: "poisson", lambda: 1e6 },
  { law: "negativeBinomial", size: 5, prob: 1e-4 },
  { law: "negativeBinomial", size: 0.001, prob: 1e-7 },
  { law: "binomial", size: 1e9, prob: 0.001 },
  { law: "binomial", size: 1e9, prob: 0.999999999 },
  { law: "geometric", prob: 1e-8 },
  { law: "logarithmic", prob: 0.999999 },
  { law: "delaporte", lambda: 1000, size: 0.2, prob: 1e-5 },
  { law: "delaporte", lambda: 1000, size: 5, prob: 0.99 },
  { law: "neymanA", lambda: 200, phi: 50 },
  { law: "poissonInverseGaussian", mean: 5, dispersion: 10 },
  { law: "poissonInverseGaussian", mean: 1e5, dispersion: 1e-5 },
  { law: "betaBinomial", size: 100_000, shape1: 0.5, shape2: 0.5 },
  { law: "mixedPoisson", weights: [1, 1, 1], lambdas: [0.1, 1000, 50_000] },
  { law: "mixedPoisson", weights: [1, 1], lambdas: [10, 1e7] },
  { law: "empirical", probabilities: [0.2, 0, 0, 0, 0.3, 0, 0.5] },
  { law: "poisson", lambda: 1e5, zeroInflated: 0.9 },
  { law: "geometric", prob: 1e-8, zeroTruncated: true },
];

describe("quantiles invert the law's own tails", () => {
  test.each(SPECS.map((spec) => [JSON.stringify(spec), spec] as const))("%s", (_, spec) => {
    const law = countLaw(spec);
    const uniform = uniforms(11);
    const levels = Array.from({ length: 40 }, uniform);
    // Deep into both tails, where one uniform in 1e9 and less ends.
    levels.push(1e-9, 1e-15, 1e-60, 1e-250, 1 - 1e-9, 1 - 2 ** -52, 1 - 2 ** -53);
    for (const p of levels) {
      const lower = law.quantile(p, "lower");
      expect(law.cdf(lower), `lower, p = ${p}, k = ${lower}`).toBeGreaterThanOrEqual(p);
      expect(law.cdf(lower - 1), `lower, p = ${p}, k − 1 = ${lower - 1}`).toBeLessThan(p);
      const upper = law.quantile(p, "upper");
      expect(law.survival(upper), `upper, p = ${p}, k = ${upper}`).toBeLessThanOrEqual(p);
      expect(law.survival(upper - 1), `upper, p = ${p}, k − 1 = ${upper - 1}`).toBeGreaterThan(p);
    }
  });

  test("the ends", () => {
    const poisson = countLaw({ law: "poisson", lambda: 3 });
    expect([poisson.quantile(0, "lower"), poisson.quantile(1, "lower")]).toEqual([0, Infinity]);
    expect([poisson.quantile(1, "upper"), poisson.quantile(0, "upper")]).toEqual([0, Infinity]);
    const fixed = countLaw({ law: "fixed", n: 3 });
    expect([0, 1e-300, 0.5, 1].map((p) => fixed.quantile(p, "lower"))).toEqual([0, 3, 3, 3]);
    expect([0, 1e-300, 0.5, 1].map((p) => fixed.quantile(p, "upper"))).toEqual([3, 3, 3, 0]);
  });

  test("is a search, not a walk", () => {
    for (const spec of SPECS) {
      const law = countLaw(spec);
      let evaluations = 0;
      const counted = {
        ...law,
        cdf: (k: number) => {
          evaluations++;
          return law.cdf(k);
        },
        survival: (k: number) => {
          evaluations++;
          return law.survival(k);
        },
      };
      const uniform = uniforms(5);
      for (let i = 0; i < 40; i++) searchQuantile(counted, uniform(), "lower");
      // About five where the law is smooth; halving 2^33 counts every other turn bounds it by some 70 anywhere.
      expect(evaluations / 40, JSON.stringify(spec)).toBeLessThan(25);
    }
  });
});

test("far beyond the support nothing is left", () => {
  for (const spec of SPECS) {
    const law = countLaw(spec);
    for (const k of [1e17, 1e100, 1e300, Infinity]) {
      expect([law.probability(k), law.cdf(k), law.survival(k)], `${JSON.stringify(spec)}, ${k}`).toEqual([0, 1, 0]);
    }
    expect([law.probability(-1), law.cdf(-1), law.survival(-1)]).toEqual([0, 0, 1]);
  }
});

test("tails add up to 1 across tables, sums and integrals", () => {
  for (const spec of SPECS) {
    const law = countLaw(spec);
    for (let k = 0; k < 1e9; k = Math.ceil(k * 1.7) + 1) {
      // Half a unit of each, and one for rounding down.
      expect(Math.abs(law.cdf(k) + law.survival(k) - 1), `${JSON.stringify(spec)}, k = ${k}`).toBeLessThan(4e-16);
    }
  }
});
