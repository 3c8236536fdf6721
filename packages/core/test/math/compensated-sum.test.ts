import { expect, test } from "vitest";
import { sum } from "../../src/math/compensated-sum.ts";
import { productError, sumError } from "../../src/math/rounding-error.ts";

test("sum keeps what plain addition loses", () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(Float64Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sum([])).toBe(0);
});

test("sumError and productError are exact: in whole numbers beyond 2^53", () => {
  const a = 2 ** 53 - 1;
  for (const b of [3, 12345678901, 2 ** 53 - 3, -(2 ** 40 + 1)]) {
    expect(BigInt(a + b) + BigInt(sumError(a, b, a + b))).toBe(BigInt(a) + BigInt(b));
    expect(BigInt(a * b) + BigInt(productError(a, b, a * b))).toBe(BigInt(a) * BigInt(b));
  }
});
