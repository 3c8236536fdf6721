import type { SeveritySpec } from "@lossmill/core";
import { describe, expect, test } from "vitest";

import { quantileOf } from "../../src/quantiles/index.ts";

// Quantiles of laws with atoms, gaps and kinks are known by hand: exact values, no tolerance unless said.
const HAIR = 2 ** -40;
const dice: SeveritySpec = { law: "empirical", values: [4, 1, 2, 3, 9], weights: [1, 1, 0.5, 1, 0] };
const doubledDice: SeveritySpec = { law: "empirical", values: [4, 2, 1, 2, 3], weights: [2, 0.5, 2, 0.5, 2] };

describe("constant", () => {
  test("is its value at every level", () => {
    const quantile = quantileOf({ law: "constant", value: 7.5 });
    for (const p of [0, 0.3, 1]) expect([quantile(p, false), quantile(p, true)]).toEqual([7.5, 7.5]);
  });
});

describe("empirical", () => {
  test("the smallest value that reaches p, ties included, in any order of values and without those of weight 0", () => {
    const quantile = quantileOf({ law: "empirical", values: [40, 10, 20, 5], weights: [2, 1, 1, 0] });
    const levels = [0, HAIR, 0.25, 0.25 + HAIR, 0.5, 0.5 + HAIR, 0.75, 1];
    expect(levels.map((p) => quantile(p, false))).toEqual([10, 10, 10, 20, 20, 40, 40, 40]);
    expect(levels.map((p) => quantile(p, true))).toEqual([40, 40, 40, 40, 20, 20, 10, 10]);
  });

  test("equal weights if they are missing, equal values added up", () => {
    const quantile = quantileOf({ law: "empirical", values: [3, 1, 3, 2] });
    expect([0.25, 0.5, 0.5 + HAIR, 0.9].map((p) => quantile(p, false))).toEqual([1, 2, 3, 3]);
    expect([0.5 - HAIR, 0.5, 0.75, 0.9].map((p) => quantile(p, true))).toEqual([3, 2, 1, 1]);
  });

  test("weights whose sum rounds are added without loss", () => {
    // 2^53 + 1 + 1 is 2^53 in plain double addition: then the second value would never be drawn from above.
    const quantile = quantileOf({ law: "empirical", values: [1, 2, 3], weights: [1, 1, 2 ** 53] });
    expect(quantile(2 ** -53, false)).toBe(2);
    expect(quantile(2 ** -54, false)).toBe(1);
    expect(quantile(1 - 2 ** -53, true)).toBe(2);
  });
});

describe("histogram", () => {
  const quantile = quantileOf({ law: "histogram", edges: [0, 1, 3, 5, 9], weights: [2, 4, 0, 2] });

  test("straight lines between the edges, from either tail", () => {
    const levels = [0, 0.125, 0.25, 0.5, 0.625, 0.875, 1];
    const amounts = [0, 0.5, 1, 2, 2.5, 7, 9];
    expect(levels.map((p) => quantile(p, false))).toEqual(amounts);
    expect(levels.map((p) => quantile(1 - p, true))).toEqual(amounts);
  });

  test("a bin without weight is skipped", () => {
    expect(quantile(0.75, false)).toBe(3);
    expect(quantile(0.25, true)).toBe(3);
    expect(quantile(0.75 + HAIR, false)).toBeCloseTo(5, 9);
    expect(quantile(0.25 - HAIR, true)).toBeCloseTo(5, 9);
  });

  test("small probabilities from above keep their digits", () => {
    expect(quantile(1 - 2 ** -53, true)).toBe(2 ** -51);
  });
});

describe("truncated", () => {
  test("lower < X <= upper: the atom at the lower bound is cut off, that at the upper bound is kept", () => {
    const quantile = quantileOf({ law: "truncated", of: doubledDice, lower: 1, upper: 3 });
    const levels = [1e-300, 2 ** -54, 1 / 3 - HAIR, 1 / 3 + HAIR, 1 - 2 ** -53];
    expect(levels.map((p) => quantile(p, false))).toEqual([2, 2, 2, 3, 3]);
    expect([1e-300, 2 / 3 - HAIR, 2 / 3 + HAIR, 1 - 2 ** -53].map((p) => quantile(p, true))).toEqual([3, 3, 2, 2]);
  });

  test("where most of the law lies below the lower bound", () => {
    const quantile = quantileOf({ law: "truncated", of: doubledDice, lower: 2 });
    expect([1e-300, 2 ** -54, 0.5, 0.5 + HAIR].map((p) => quantile(p, false))).toEqual([3, 3, 3, 4]);
    expect([1e-300, 0.5 - HAIR, 0.5, 1 - 2 ** -53].map((p) => quantile(p, true))).toEqual([4, 4, 3, 3]);
  });

  test("never leaves its bounds, and reaches them but for rounding", () => {
    const quantile = quantileOf({
      law: "truncated",
      of: { law: "lognormal", meanlog: 0, sdlog: 1 },
      lower: 1,
      upper: 2,
    });
    for (const [p, bound] of [
      [0, 1],
      [1e-300, 1],
      [2 ** -54, 1],
      [1, 2],
      [1 - 2 ** -53, 2],
    ]) {
      for (const x of [quantile(p, false), quantile(1 - p, true)]) {
        expect(x).toBeGreaterThanOrEqual(1);
        expect(x).toBeLessThanOrEqual(2);
        expect(Math.abs(x - bound)).toBeLessThanOrEqual(4e-16 * bound);
      }
    }
  });
});

describe("mixture", () => {
  test("of atoms only", () => {
    const quantile = quantileOf({
      law: "mixture",
      weights: [2, 1, 1],
      components: [
        { law: "constant", value: 5 },
        { law: "constant", value: 0 },
        { law: "constant", value: -5 },
      ],
    });
    expect([0.25, 0.25 + HAIR, 0.5, 0.5 + HAIR, 1].map((p) => quantile(p, false))).toEqual([-5, 0, 0, 5, 5]);
    expect([0.5 - HAIR, 0.5, 0.75 - HAIR, 0.75].map((p) => quantile(p, true))).toEqual([5, 0, 0, -5]);
  });

  test("of an atom and a density", () => {
    const components: SeveritySpec[] = [
      { law: "constant", value: 6 },
      { law: "uniform", min: 4, max: 8 },
    ];
    const quantile = quantileOf({ law: "mixture", weights: [1, 1], components });
    // Levels 0.25 to 0.75 are the atom's.
    expect([0.25 + HAIR, 0.5, 0.75 - HAIR].map((p) => quantile(p, false))).toEqual([6, 6, 6]);
    expect([0.25 + HAIR, 0.5, 0.75 - HAIR].map((p) => quantile(p, true))).toEqual([6, 6, 6]);
    for (const p of [0.0625, 0.125, 0.2]) {
      expect(quantile(p, false)).toBeCloseTo(4 + 8 * p, 12);
      expect(quantile(p, true)).toBeCloseTo(8 - 8 * p, 12);
    }
  });

  test("of a law around 0 and an atom below it", () => {
    const components: SeveritySpec[] = [
      { law: "uniform", min: -1, max: 1 },
      { law: "constant", value: -3 },
    ];
    const quantile = quantileOf({ law: "mixture", weights: [3, 1], components });
    expect([0.1, 0.25].map((p) => quantile(p, false))).toEqual([-3, -3]);
    expect(quantile(0.4375, false)).toBeCloseTo(-0.5, 12);
    expect(quantile(0.1875, true)).toBeCloseTo(0.5, 12);
  });

  test("a level at which nothing lies belongs to the lower end of the gap", () => {
    const components: SeveritySpec[] = [
      { law: "uniform", min: 0, max: 1 },
      { law: "uniform", min: 2, max: 3 },
    ];
    const quantile = quantileOf({ law: "mixture", weights: [1, 3], components });
    expect([quantile(0.25, false), quantile(0.75, true)]).toEqual([1, 1]);
    expect(quantile(0.25 + HAIR, false)).toBeCloseTo(2, 10);
    expect(quantile(0.75 - HAIR, true)).toBeCloseTo(2, 10);
  });

  test("a root at 0 is found although no relative precision ends the search", () => {
    const components: SeveritySpec[] = [
      { law: "uniform", min: -1, max: 1 },
      { law: "student", df: 3, location: 0, scale: 1 },
      { law: "uniform", min: -3, max: 4 },
      { law: "uniform", min: -4, max: 3 },
    ];
    const quantile = quantileOf({ law: "mixture", weights: [2, 1, 1, 1], components });
    // 0.5 is known to a rounding, over a density of more than 0.2.
    expect(Math.abs(quantile(0.5, false))).toBeLessThanOrEqual(1e-15);
  });

  test("one that underflows to 0 is 0", () => {
    const of: SeveritySpec = { law: "gamma", shape: 0.01, scale: 1 };
    const quantile = quantileOf({ law: "mixture", weights: [1, 1], components: [of, { ...of, shape: 0.02 }] });
    expect(quantile(1e-20, false)).toBe(0);
  });

  test("nested in all wrappers, with the atoms passed on", () => {
    const quantile = quantileOf({
      law: "mixture",
      weights: [1, 1],
      components: [
        { law: "spliced", weights: [1, 1], components: [dice, { law: "exponential", scale: 1 }], breaks: [2] },
        { law: "mixture", weights: [1], components: [{ law: "truncated", of: dice, upper: 1 }] },
      ],
    });
    // The spliced half: 1 with 2/3 and 2 with 1/3 of its lower half, then 2 + an exponential amount; the other half: 1.
    expect([0.1, 2 / 3 - HAIR, 2 / 3 + HAIR, 0.75 - HAIR].map((p) => quantile(p, false))).toEqual([1, 1, 2, 2]);
    expect(quantile(0.125, true)).toBeCloseTo(2 + Math.LN2, 12);
    expect(quantile(0.01, true)).toBeCloseTo(2 + Math.log(25), 12);
  });
});
