import { expect, test } from "vitest";
import { exp, expm1, expPair } from "../../src/math/exp.ts";
import { expectPromise, relativeError } from "./reference.ts";

test("exp stays within 1 unit in the last place", () => expectPromise("exp", 2.3e-16, exp));

test("expm1 stays within 1.5 units in the last place", () => expectPromise("expm1", 3.4e-16, expm1));

/** e^-720 · 2^1074, by the 40 digit arithmetic of mpmath 1.2.1. */
const E_MINUS_720 = 41132809365.12009;

test("exp overflows, underflows and passes NaN on", () => {
  expect(exp(0)).toBe(1);
  expect(exp(-0)).toBe(1);
  expect([exp(Infinity), exp(709.79), exp(1e300)]).toEqual([Infinity, Infinity, Infinity]);
  expect([exp(-Infinity), exp(-745.2), exp(-1e300)]).toEqual([0, 0, 0]);
  expect(exp(NaN)).toBeNaN();
  // The largest and the smallest results: e^709.78 < 2^1024, and 2^-1074 = 5e-324 has a single bit.
  expect(exp(709.78)).toBeLessThan(Infinity);
  expect(exp(-745.1)).toBe(5e-324);
  // Subnormal results are rounded once: e^-720, to within half of 2^-1074.
  expect(Math.abs(exp(-720) / 2 ** -1074 - E_MINUS_720)).toBeLessThan(0.50001);
});

test("expm1 keeps signs and limits", () => {
  expect(expm1(-0)).toBe(-0);
  expect(expm1(5e-324)).toBe(5e-324);
  expect([expm1(-Infinity), expm1(-41), expm1(Infinity), expm1(711)]).toEqual([-1, -1, Infinity, Infinity]);
  expect(expm1(NaN)).toBeNaN();
});

test("expPair adds the low part", () => {
  expect(relativeError(expPair(100, 1e-10), exp(100) * (1 + 1e-10))).toBeLessThan(4e-16);
  expect(expPair(-Infinity, NaN)).toBe(0);
});

test("exp does not decrease from one double to the next across its reductions", () => {
  for (let k = -20; k <= 20; k++) {
    const border = (k + 0.5) * Math.LN2;
    const step = Math.abs(border) * 2e-16;
    for (let i = -5; i < 5; i++) {
      expect(exp(border + (i + 1) * step)).toBeGreaterThanOrEqual(exp(border + i * step) * (1 - 2.3e-16));
    }
  }
});
