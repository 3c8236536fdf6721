import { describe, expect, test } from "vitest";
import { countLaw, type FrequencySpec } from "../../src/laws/counts/index.ts";
import { uniforms } from "./uniforms.ts";

/** The largest uniform, 1 − 2^-53, and what stands for a uniform of 0. */
const LARGEST_UNIFORM = 1 - 1.1102230246251565e-16;
const SMALLEST_UNIFORM = 5.551115123125783e-17;
const MOST = 65_536;

/** One of each law, with modifiers on laws of each kind. */
const SPECS: readonly FrequencySpec[] = [
  { law: "poisson", lambda: 0.001 },
  { law: "poisson", lambda: 3.7 },
  { law: "poisson", lambda: 900 },
  { law: "negativeBinomial", size: 0.3, prob: 0.02 },
  { law: "negativeBinomial", size: 40, prob: 0.3 },
  { law: "binomial", size: 12, prob: 0.85 },
  { law: "geometric", prob: 0.01 },
  { law: "logarithmic", prob: 0.99 },
  { law: "poissonInverseGaussian", mean: 3, dispersion: 2 },
  { law: "poissonInverseGaussian", mean: 900, dispersion: 1e-6 },
  { law: "delaporte", lambda: 4, size: 0.8, prob: 0.1 },
  { law: "delaporte", lambda: 900, size: 3, prob: 0.3 },
  // P(N = 0) is e^-7000, far below all doubles.
  { law: "delaporte", lambda: 7000, size: 30, prob: 0.3 },
  { law: "neymanA", lambda: 3, phi: 1.5 },
  { law: "neymanA", lambda: 0.01, phi: 300 },
  { law: "betaBinomial", size: 50, shape1: 0.4, shape2: 0.7 },
  { law: "betaBinomial", size: 50, shape1: 4, shape2: 0.7 },
  { law: "mixedPoisson", weights: [3, 1, 0], lambdas: [0.5, 300, 7] },
  { law: "fixed", n: 4 },
  { law: "empirical", probabilities: [0.5, 0, 0.25, 0.25, 0] },
  { law: "poisson", lambda: 0.2, zeroInflated: 0.3 },
  { law: "poisson", lambda: 1e-6, zeroTruncated: true },
  { law: "logarithmic", prob: 0.4, zeroModified: 0.9 },
  { law: "neymanA", lambda: 0.01, phi: 30, zeroTruncated: true },
  { law: "fixed", n: 4, zeroInflated: 0.25 },
];

function countBelow(thresholds: Float64Array, u: number): number {
  return thresholds.filter((threshold) => threshold < u).length;
}

describe("thresholds", () => {
  test.each(SPECS.map((spec) => [JSON.stringify(spec), spec] as const))("%s", (_, spec) => {
    const law = countLaw(spec);
    const thresholds = law.thresholds(MOST)!;
    let before = 0;
    thresholds.forEach((threshold, k) => {
      // The threshold is the rounded exact value; a tail as a sum errs by up to 8e-15 of 1 where the law is wide.
      expect(Math.abs(threshold - law.cdf(k)), `k = ${k}`).toBeLessThan(1e-14);
      expect(threshold).toBeGreaterThanOrEqual(before);
      before = threshold;
    });
    expect(before).toBeLessThan(LARGEST_UNIFORM);
    expect(law.cdf(thresholds.length)).toBeGreaterThanOrEqual(LARGEST_UNIFORM);
    const uniform = uniforms(7);
    const levels = Array.from({ length: 200 }, uniform);
    for (const u of [SMALLEST_UNIFORM, LARGEST_UNIFORM, 0.5, ...levels]) {
      expect(law.quantile(u, "lower"), `u = ${u}`).toBe(countBelow(thresholds, u));
    }
  });

  test("are the exact cumulative probabilities where these are doubles", () => {
    const coin = countLaw({ law: "binomial", size: 10, prob: 0.5 }).thresholds(MOST)!;
    const ways = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10];
    let sum = 0;
    expect([...coin]).toEqual(ways.map((w) => (sum += w) / 1024));
    const runs = countLaw({ law: "geometric", prob: 0.5 }).thresholds(MOST)!;
    // 1 − 2^-(k + 1) below 1 − 2^-53.
    expect([...runs]).toEqual(Array.from({ length: 52 }, (_, k) => 1 - 1 / 2 ** (k + 1)));
  });

  test("near 1 are rounded down, so that a uniform passes them exactly where it passes the probability", () => {
    const law = countLaw({ law: "geometric", prob: 0.001 });
    const thresholds = law.thresholds(MOST)!;
    // The exact answer: the smallest k with 0.999^(k + 1) <= 2^-53 (mpmath, 50 digits).
    expect(thresholds.length).toBe(36_718);
    expect(law.quantile(LARGEST_UNIFORM, "lower")).toBe(36_718);
  });

  test.each([
    { law: "poisson", lambda: 80_000 },
    { law: "poisson", lambda: 1e9 },
    { law: "negativeBinomial", size: 5, prob: 1e-4 },
    { law: "geometric", prob: 1e-9 },
    { law: "binomial", size: 1e12, prob: 1e-4 },
    { law: "logarithmic", prob: 0.99999 },
    { law: "poissonInverseGaussian", mean: 1e4, dispersion: 1e-4 },
    { law: "delaporte", lambda: 10, size: 2, prob: 1e-5 },
    { law: "neymanA", lambda: 1000, phi: 1000 },
    { law: "neymanA", lambda: 1e-17, phi: 1e8, zeroTruncated: true },
    { law: "betaBinomial", size: 100_000, shape1: 2, shape2: 2 },
    { law: "fixed", n: 1e9 },
    { law: "geometric", prob: 1e-9, zeroModified: 0.99 },
  ] as const)("are null where there would be too many: %j", (spec) => {
    expect(countLaw(spec).thresholds(MOST)).toBeNull();
  });

  test("are null just below their number and not at it", () => {
    for (const spec of SPECS) {
      const law = countLaw(spec);
      const { length } = law.thresholds(MOST)!;
      expect(law.thresholds(length)).toHaveLength(length);
      expect(law.thresholds(length - 1)).toBeNull();
    }
  });

  test("specks of probability far out make no table of a billion masses", () => {
    // Below what thresholds may leave out, and above it.
    const without = countLaw({ law: "mixedPoisson", weights: [1, 1e-23], lambdas: [10, 1e9] });
    expect(without.thresholds(MOST)).toHaveLength(countLaw({ law: "poisson", lambda: 10 }).thresholds(MOST)!.length);
    const above = countLaw({ law: "mixedPoisson", weights: [1, 1e-20], lambdas: [10, 1e9] });
    expect(above.thresholds(MOST)).toBeNull();
    const heavy = countLaw({ law: "delaporte", lambda: 0.1, size: 1e-20, prob: 1e-12 });
    expect(heavy.thresholds(MOST)).toBeNull();
    expect(heavy.quantile(0.99, "lower")).toBe(countLaw({ law: "poisson", lambda: 0.1 }).quantile(0.99, "lower"));
  });

  test("an impossible claim has no threshold", () => {
    const specs: readonly FrequencySpec[] = [
      { law: "poisson", lambda: 0 },
      { law: "negativeBinomial", size: 2, prob: 1 },
      { law: "binomial", size: 0, prob: 0.3 },
      { law: "geometric", prob: 1 },
      { law: "delaporte", lambda: 0, size: 1, prob: 1 },
      { law: "neymanA", lambda: 2, phi: 0 },
      { law: "mixedPoisson", weights: [1, 2], lambdas: [0, 0] },
      { law: "betaBinomial", size: 0, shape1: 1, shape2: 1 },
      { law: "fixed", n: 0 },
      { law: "poisson", lambda: 3, zeroInflated: 1 },
      { law: "poisson", lambda: 3, zeroModified: 1 },
    ];
    for (const spec of specs) {
      const law = countLaw(spec);
      expect([...law.thresholds(0)!], JSON.stringify(spec)).toEqual([]);
      expect([law.mean, law.variance, law.largest, law.probability(0), law.quantile(0.9999, "lower")]).toEqual([
        0, 0, 0, 1, 0,
      ]);
    }
  });
});
