import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lossesNeeded, orderStatisticInterval } from "../../src/summary/order-statistic-interval.ts";
import { LEVELS } from "../../src/summary/report.ts";
import { samples } from "./vectors.ts";

const rows = samples.flatMap(({ name, n, orderStatisticCI95 = [] }) =>
  orderStatisticCI95.map((row) => ({ name, n, ...row })),
);

test.each(rows)("$name: the ranks of p = $p are exact", ({ n, p, lowerRank, upperRank, coverage }) => {
  const found = orderStatisticInterval(n, p);
  expect(found).toMatchObject({ lower: lowerRank, upper: upperRank });
  if (coverage === undefined) expect(found.coverage).toBeNull();
  // 1 less two tails of at most 0.025, each to 1e-13 of itself.
  else expect(Math.abs(found.coverage! - coverage)).toBeLessThan(1e-14);
});

test("a tail of exactly 0.025 is small enough", () => {
  expect(orderStatisticInterval(1, 0.975)).toEqual({ lower: 1, upper: null, coverage: null });
  expect(orderStatisticInterval(1, 0.025)).toEqual({ lower: null, upper: 1, coverage: null });
});

/** The definition in whole numbers, for p = parts / 10^scale: P(B = k)·10^(n·scale), added up from k = 0. */
function exactRanks(n: number, parts: number, scale: number): { lower: number | null; upper: number | null } {
  const p = BigInt(parts);
  const q = 10n ** BigInt(scale) - p;
  const whole = 10n ** BigInt(scale * n);
  let term = q ** BigInt(n);
  let atMost = 0n;
  let lower: number | null = null;
  let upper: number | null = null;
  for (let k = 0; k < n; k++) {
    atMost += term;
    if (40n * atMost <= whole) lower = k + 1;
    if (upper === null && 40n * (whole - atMost) <= whole) upper = k + 1;
    term = (term * BigInt(n - k) * p) / (BigInt(k + 1) * q);
  }
  return { lower, upper };
}

test("ranks are those of exact binomial sums", () => {
  const level = fc
    .integer({ min: 1, max: 4 })
    .chain((scale) => fc.record({ scale: fc.constant(scale), parts: fc.integer({ min: 1, max: 10 ** scale - 1 }) }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 250 }), level, (n, { scale, parts }) => {
      const { lower, upper } = orderStatisticInterval(n, Number(`${parts}e-${scale}`));
      expect({ lower, upper }).toEqual(exactRanks(n, parts, scale));
    }),
    { seed: 4096, numRuns: 400 },
  );
});

// Bisection on Boost's incomplete beta (SciPy 1.17.1, scipy.special.betainc(n − l + 1, l, 1 − p) <= 0.025). The closest
// call, n = 10^10 and p = 0.9, is decided by 3e-6 of the tail.
test.each([
  [4096, 0.5, 1985, 2112],
  [4096, 0.9, 3648, 3725],
  [4096, 0.995, 4066, 4085],
  [4096, 0.999, 4088, 4096],
  [4096, 1e-6, null, 1],
  [1e6, 0.5, 499020, 500981],
  [1e6, 0.9, 899412, 900589],
  [1e6, 0.995, 994861, 995139],
  [1e6, 0.999, 998938, 999062],
  [1e6, 1e-6, null, 4],
  [123456789, 0.5, 61717506, 61739284],
  [123456789, 0.9, 111104577, 111117644],
  [123456789, 0.995, 122837969, 122841042],
  [123456789, 0.999, 123332643, 123334021],
  [123456789, 1e-6, 102, 147],
  [1e10, 0.5, 4999902002, 5000097999],
  [1e10, 0.9, 8999941201, 9000058800],
  [1e10, 0.995, 9949986175, 9950013825],
  [1e10, 0.999, 9989993805, 9990006195],
  [1e10, 1e-6, 9804, 10197],
])("of %d losses the %d quantile lies between ranks %d and %d", (n, p, lower, upper) => {
  expect(orderStatisticInterval(n, p)).toMatchObject({ lower, upper });
});

describe("lossesNeeded", () => {
  // The smallest n with max(p, 1 − p)^n <= 1/40, by powers of exact fractions in Python.
  test.each([
    [0.5, 6],
    [0.8, 17],
    [0.9, 36],
    [0.1, 36],
    [0.95, 72],
    [0.975, 146],
    [0.99, 368],
    [0.995, 736],
    [0.999, 3688],
    [0.9999, 36887],
    [0.0001, 36887],
  ])("for p = %d is %d", (p, n) => {
    expect(lossesNeeded(p)).toBe(n);
  });

  test.each([...LEVELS, 0.003, 0.12345, 0.99999, 0.9999999])("for p = %d is where the interval begins", (p) => {
    const n = lossesNeeded(p);
    expect(orderStatisticInterval(n, p).coverage).toBeGreaterThanOrEqual(0.95);
    expect(orderStatisticInterval(n - 1, p).coverage).toBeNull();
  });
});
