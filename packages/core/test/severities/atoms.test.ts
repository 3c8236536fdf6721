import { describe, expect, test } from "vitest";
import { severity } from "../../src/laws/severities/index.ts";
import type { SeveritySpec } from "../../src/laws/severities/index.ts";

/** Laws with atoms, checked against their definition: quantiles are the smallest x, ties included. */

describe("constant", () => {
  const law = severity({ law: "constant", value: 7 });

  test("is one atom", () => {
    expect([law.lower, law.upper, law.mean, law.variance, law.tailIndex]).toEqual([7, 7, 7, 0, Infinity]);
    expect([6, 7, 8].map(law.cdf)).toEqual([0, 1, 1]);
    expect([6, 7, 8].map(law.survival)).toEqual([1, 0, 0]);
    expect([6, 7, 8].map(law.density)).toEqual([0, 1, 0]);
    expect([6, 7, 8].map(law.limitedExpectedValue)).toEqual([6, 7, 7]);
    expect([0, 1e-300, 0.5, 1].map((p) => law.quantile(p, "upper"))).toEqual([7, 7, 7, 7]);
    expect(law.quantile(2, "lower")).toBeNaN();
  });
});

describe("empirical", () => {
  // Probabilities 1/8, 1/2, 3/8, given unsorted, with a value of no weight at either end and one given twice.
  const values = [4, 1, 9, 2, 4, 0];
  const law = severity({ law: "empirical", values, weights: [2, 1, 0, 4, 1, 0] });

  test("distribution and moments", () => {
    expect([law.lower, law.upper, law.tailIndex]).toEqual([1, 4, Infinity]);
    expect([0.9, 1, 1.5, 2, 3, 4, 9].map(law.cdf)).toEqual([0, 0.125, 0.125, 0.625, 0.625, 1, 1]);
    expect([0.9, 1, 1.5, 2, 3, 4, 9].map(law.survival)).toEqual([1, 0.875, 0.875, 0.375, 0.375, 0, 0]);
    expect([0, 1, 2, 3, 4, 9].map(law.density)).toEqual([0, 0.125, 0.5, 0, 0.375, 0]);
    const mean = 0.125 + 1 + 1.5;
    expect(law.mean).toBe(mean);
    expect(law.variance).toBe(0.125 * (1 - mean) ** 2 + 0.5 * (2 - mean) ** 2 + 0.375 * (4 - mean) ** 2);
    expect([0.5, 1.5, 3, 5].map(law.limitedExpectedValue)).toEqual([0.5, 0.125 + 0.875 * 1.5, 1.125 + 0.375 * 3, mean]);
  });

  test("quantiles are the smallest values, from either tail", () => {
    const levels = [0, 1e-300, 0.125, 0.1250001, 0.625, 0.6250001, 1 - 2 ** -53, 1];
    expect(levels.map((p) => law.quantile(p, "lower"))).toEqual([1, 1, 1, 2, 2, 4, 4, 4]);
    const upperLevels = [0, 1e-300, 0.3749999, 0.375, 0.8749999, 0.875, 1];
    expect(upperLevels.map((p) => law.quantile(p, "upper"))).toEqual([4, 4, 4, 2, 2, 1, 1]);
  });

  test("weights may be missing", () => {
    const equal = severity({ law: "empirical", values: [3, 1, 2] });
    expect(equal.cdf(1)).toBe(1 / 3);
    expect(equal.quantile(2 / 3, "lower")).toBe(2);
    expect(equal.mean).toBeCloseTo(2, 15);
  });

  test("tiny tails keep their digits", () => {
    const rare = severity({ law: "empirical", values: [1, 2, 3], weights: [1e-200, 1, 1e-100] });
    expect(rare.cdf(1)).toBe(1e-200);
    expect(rare.survival(2)).toBe(1e-100);
    expect(rare.quantile(1e-100, "upper")).toBe(2);
    expect(rare.quantile(0.99e-100, "upper")).toBe(3);
  });
});

describe("mixtures of atoms and densities", () => {
  const law = severity({
    law: "mixture",
    weights: [1, 2, 1],
    components: [
      { law: "constant", value: 10 },
      { law: "uniform", min: 0, max: 20 },
      { law: "empirical", values: [30, 40] },
    ],
  });

  test("the quantile stays at an atom over its whole probability, and jumps over gaps", () => {
    // Up to 10: 1/4 of the uniform law, then the atom to 1/2, then the rest to 3/4, then 30 and 40.
    const levels = [0.125, 0.25, 0.26, 0.499, 0.5, 0.625, 0.75, 0.7500001, 0.875, 0.8750001];
    const wanted = [5, 10, 10, 10, 10, 15, 20, 30, 30, 40];
    levels.forEach((p, i) => expect(law.quantile(p, "lower"), `p = ${p}`).toBeCloseTo(wanted[i], 13));
    expect(law.quantile(0.25, "upper")).toBe(20);
    expect(law.quantile(0.125, "upper")).toBe(30);
    expect(law.quantile(1e-300, "upper")).toBe(40);
  });

  test("moments are those of the parts", () => {
    expect(law.mean).toBe(0.25 * 10 + 0.5 * 10 + 0.25 * 35);
    const second = 0.25 * 100 + (0.5 * 400) / 3 + 0.25 * (1600 + 900) * 0.5;
    expect(law.variance).toBeCloseTo(second - law.mean ** 2, 12);
    expect([law.lower, law.upper]).toEqual([0, 40]);
    expect(law.density(10)).toBeCloseTo(0.25 + 0.5 / 20, 15);
  });
});

describe("truncated laws with atoms and gaps", () => {
  const truncated = (of: SeveritySpec, lower?: number, upper?: number) =>
    severity({ law: "truncated", of, lower, upper });

  test("an atom at the lower bound is left out, one at the upper bound kept", () => {
    const law = truncated({ law: "empirical", values: [1, 2, 3, 4] }, 1, 3);
    expect(law.cdf(2)).toBeCloseTo(0.5, 15);
    expect(law.survival(2)).toBeCloseTo(0.5, 15);
    expect(law.density(1)).toBe(0);
    expect(law.density(3)).toBeCloseTo(0.5, 15);
    expect(law.mean).toBeCloseTo(2.5, 14);
    expect(law.variance).toBeCloseTo(0.25, 12);
    expect(law.quantile(1e-300, "lower")).toBe(2);
    expect(law.quantile(0.4, "lower")).toBe(2);
    expect(law.quantile(0.4, "upper")).toBe(3);
  });

  test("an atom at the law's own lower end is kept", () => {
    const law = truncated({ law: "empirical", values: [1, 2, 3] }, undefined, 2);
    expect(law.cdf(1)).toBeCloseTo(0.5, 15);
    expect(law.quantile(0.3, "lower")).toBe(1);
  });

  test("quantiles near a lower bound within a gap lie beyond the gap, in either tail of the law", () => {
    const gap = (weights: number[]): SeveritySpec => ({ law: "histogram", edges: [0, 1, 10, 11], weights });
    for (const weights of [
      [1, 0, 3],
      [3, 0, 1],
    ]) {
      const law = truncated(gap(weights), 5);
      expect(law.quantile(1e-300, "lower")).toBe(10);
      expect(law.quantile(0.25, "lower")).toBeCloseTo(10.25, 13);
      expect(law.quantile(0.25, "upper")).toBeCloseTo(10.75, 13);
    }
  });

  test("a narrow interval over a jump of the density", () => {
    const law = truncated({ law: "histogram", edges: [0, 1, 2], weights: [1, 3] }, 0.99, 1.01);
    expect(law.cdf(1)).toBeCloseTo(0.25, 12);
    expect(law.mean).toBeCloseTo(0.25 * 0.995 + 0.75 * 1.005, 12);
  });
});
