import { expect, test } from "vitest";
import { largestOf, sumOf } from "../../src/math/fold.ts";

test("sums in order, of values and of what is made of them", () => {
  expect(sumOf([])).toBe(0);
  expect(sumOf([1e16, 1, -1e16])).toBe(0);
  expect(sumOf(Float64Array.of(0.5, 0.25))).toBe(0.75);
  expect(sumOf([{ mass: 2 }, { mass: 3 }], ({ mass }, i) => mass * (i + 1))).toBe(8);
});

test("the largest, and what is given at least", () => {
  expect(largestOf([1, 3, 2], (value) => value)).toBe(3);
  expect(largestOf([-1, -3], (value) => value)).toBe(0);
  expect(largestOf([1, 3], (value, i) => value * i, 5)).toBe(5);
  expect(largestOf([], () => 1, -Infinity)).toBe(-Infinity);
});
