import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rankOf, returnPeriodOf, tailSize } from "../../src/summary/decimal.ts";

test.each([
  // As doubles 100 · 0.07 = 7.000000000000001 and 10^7 · 0.035 = 350000.00000000006: one rank too far.
  [100, 0.07, 7],
  [1e7, 0.035, 350_000],
  [1000, 0.995, 995],
  [1001, 0.995, 996],
  [10, 0.7, 7],
  [3, 0, 1],
  [3, 1, 3],
  [1, 0.5, 1],
  [1e10, 0.9999999999, 9999999999],
  [1e10, 0.99999999995, 1e10],
  [1e10, 1e-10, 1],
  [1e10, 1.5e-10, 2],
  [1e10, 5e-324, 1],
])("of %d losses the %d quantile has rank %d", (n, p, rank) => {
  expect(rankOf(n, p)).toBe(rank);
});

test.each([
  [1000, 0.995, 5],
  [10, 0.9, 1],
  [3, 0.5, 1.5],
  [1, 0.975, 0.025],
  [1e10, 0.9999, 1e6],
  [1e10, 0.123456789012345, 8765432109.87655],
  [7, 0, 7],
  [7, 1, 0],
  [1, 5e-324, 1],
  [1, 0.9999999999999999, 1e-16],
])("of %d losses the tail beyond %d has %d", (n, p, size) => {
  expect(tailSize(n, p)).toBe(size);
});

test.each([
  [0.99, 100],
  [0.996, 250],
  [0.975, 40],
  [0.5, 2],
  [0.7, 10 / 3],
  [0.9999999999999999, 1e16],
  [1e-7, 1e7 / (1e7 - 1)],
  [5e-324, 1],
  [0, 1],
])("the return period of %d is %d years", (p, years) => {
  expect(returnPeriodOf(p)).toBe(years);
});

test("ranks are those of whole numbers for every level of up to nine digits", () => {
  const digits = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(digits, fc.nat(999_999_999), fc.integer({ min: 1, max: 1e10 }), (scale, number, n) => {
      const unit = 10 ** scale;
      const parts = number % unit;
      const exact = (BigInt(n) * BigInt(parts) + BigInt(unit) - 1n) / BigInt(unit);
      expect(rankOf(n, Number(`${parts}e-${scale}`))).toBe(Math.max(1, Number(exact)));
    }),
    { seed: 4096, numRuns: 1000 },
  );
});
