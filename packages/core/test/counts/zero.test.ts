import { describe, expect, test } from "vitest";
import { countLaw, type FrequencySpec } from "../../src/laws/counts/index.ts";
import { relativeError } from "./accuracy.ts";

const BASES: readonly FrequencySpec[] = [
  { law: "poisson", lambda: 0.05 },
  { law: "poisson", lambda: 40 },
  { law: "negativeBinomial", size: 0.01, prob: 0.1 },
  { law: "binomial", size: 3, prob: 0.999 },
  { law: "geometric", prob: 0.2 },
  { law: "logarithmic", prob: 0.6 },
  { law: "poissonInverseGaussian", mean: 0.4, dispersion: 3 },
  { law: "delaporte", lambda: 0.5, size: 2, prob: 0.6 },
  { law: "neymanA", lambda: 0.4, phi: 2 },
  { law: "betaBinomial", size: 30, shape1: 1, shape2: 4 },
  { law: "mixedPoisson", weights: [0.7, 0.3], lambdas: [0, 4] },
  { law: "empirical", probabilities: [0.1, 0.2, 0.7] },
];

/** P(N = 0), P(N = 1), … until nothing is left. */
function probabilities(spec: FrequencySpec): number[] {
  const law = countLaw(spec);
  const end = law.quantile(1e-30, "upper");
  return Array.from({ length: end + 1 }, (_, k) => law.probability(k));
}

function sum(values: readonly number[]): number {
  return values.reduceRight((total, value) => total + value, 0);
}

/** Expects the law of `spec` to be the list: probabilities, tails, moments. */
function expectList(spec: FrequencySpec, expected: readonly number[]): void {
  const law = countLaw(spec);
  const name = JSON.stringify(spec);
  expected.forEach((probability, k) => {
    expect(relativeError(law.probability(k), probability), `${name}, P(N = ${k})`).toBeLessThan(1e-13);
    expect(relativeError(law.cdf(k), sum(expected.slice(0, k + 1))), `${name}, P(N <= ${k})`).toBeLessThan(1e-13);
    const beyond = sum(expected.slice(k + 1));
    // The list ends where the tail is 1e-30.
    if (beyond > 1e-15) expect(relativeError(law.survival(k), beyond), `${name}, P(N > ${k})`).toBeLessThan(1e-13);
  });
  const mean = sum(expected.map((p, k) => p * k));
  expect(relativeError(law.mean, mean), `${name}, mean`).toBeLessThan(1e-12);
  const variance = sum(expected.map((p, k) => p * (k - mean) * (k - mean)));
  expect(relativeError(law.variance, variance), `${name}, variance`).toBeLessThan(1e-12);
}

describe("zero modifiers follow from their definitions", () => {
  test.each(BASES.map((base) => [JSON.stringify(base), base] as const))("%s", (_, base) => {
    const list = probabilities(base);
    const above = sum(list.slice(1));
    expectList(
      { ...base, zeroInflated: 0.3 },
      list.map((p, k) => (k === 0 ? 0.3 : 0) + 0.7 * p),
    );
    expectList(
      { ...base, zeroTruncated: true },
      list.map((p, k) => (k === 0 ? 0 : p / above)),
    );
    expectList(
      { ...base, zeroModified: 0.25 },
      list.map((p, k) => (k === 0 ? 0.25 : (0.75 * p) / above)),
    );
  });
});

test("a truncated law that is nearly constant keeps the digits of its variance", () => {
  // (λ + λ²) / (1 − e^−λ) − λ² / (1 − e^−λ)² = λ/2 + λ²/6 + O(λ⁴) for a Poisson given N > 0; one trial given success is
  // certain.
  const lambda = 1e-6;
  const rare = countLaw({ law: "poisson", lambda, zeroTruncated: true });
  expect(relativeError(rare.variance, lambda / 2 + (lambda * lambda) / 6)).toBeLessThan(1e-12);
  expect(countLaw({ law: "binomial", size: 1, prob: 0.3, zeroTruncated: true }).variance).toBe(0);
  // Too far out for masses: the variance of Poisson(1e8), to what the difference of moments leaves.
  const far = countLaw({ law: "neymanA", lambda: 1e-17, phi: 1e8, zeroTruncated: true });
  expect(relativeError(far.variance, 1e8)).toBeLessThan(1e-7);
});

test("the lower tail of a truncated law far from 0 is a sum, not a difference", () => {
  // Given one claim or more, this is all but surely one cluster of Poisson(50): P(N <= 3 | N > 0), mpmath at 50 digits.
  const law = countLaw({ law: "neymanA", lambda: 1e-3, phi: 50, zeroTruncated: true });
  const poisson = countLaw({ law: "poisson", lambda: 50 });
  for (const k of [1, 3, 10]) {
    const one = poisson.cdf(k) - poisson.probability(0);
    expect(relativeError(law.cdf(k), one)).toBeLessThan(1e-3);
  }
});

test("degenerate modifiers", () => {
  expect(countLaw({ law: "poisson", lambda: 2, zeroInflated: 0 }).probability(0)).toBe(
    countLaw({ law: "poisson", lambda: 2 }).probability(0),
  );
  for (const law of [
    countLaw({ law: "poisson", lambda: 2, zeroModified: 0 }),
    countLaw({ law: "poisson", lambda: 2, zeroTruncated: true }),
  ]) {
    expect([law.probability(0), law.cdf(0), law.survival(0), law.quantile(1e-300, "lower")]).toEqual([0, 0, 1, 1]);
  }
  // A law that is never 0 is its own truncation.
  expect(countLaw({ law: "fixed", n: 5, zeroTruncated: true }).mean).toBe(5);
});
