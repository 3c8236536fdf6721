import { expect, test } from "vitest";
import { sum } from "../../src/math/compensated-sum.ts";
import { log, log1p, logPair } from "../../src/math/log.ts";
import { expectPromise } from "./reference.ts";

test("log stays within 1 unit in the last place", () => expectPromise("log", 2.3e-16, log));

test("log1p stays within 1.5 units in the last place", () => expectPromise("log1p", 3.4e-16, log1p));

test("logPair rounds to log", () => {
  expectPromise("log", 1.2e-16, (x: number) => logPair(x).high);
});

test("logPair carries 65 bits: the logarithms of a product and its factors add up", () => {
  for (const [a, b] of [
    [3, 5],
    [1.25, 0.75],
    [1e10, 12345],
    [1 + 2 ** -20, 1 - 2 ** -21],
  ]) {
    const whole = logPair(a * b);
    const first = logPair(a);
    const second = logPair(b);
    const difference = sum([whole.high, -first.high, -second.high, whole.low, -first.low, -second.low]);
    // The products are exact; the three errors are each below 2^-65 times the largest logarithm, or 1.
    expect(Math.abs(difference)).toBeLessThan(3 * 2 ** -65 * Math.max(1, whole.high));
  }
});

test("log at the ends of its domain", () => {
  expect([log(0), log(-0), log(Infinity), log(1)]).toEqual([-Infinity, -Infinity, Infinity, 0]);
  expect([log(-1), log(NaN), log(-Infinity)]).toEqual([NaN, NaN, NaN]);
});

test("log1p at the ends of its domain", () => {
  expect([log1p(-1), log1p(0), log1p(-0), log1p(Infinity)]).toEqual([-Infinity, 0, -0, Infinity]);
  expect([log1p(-1.5), log1p(NaN)]).toEqual([NaN, NaN]);
});
