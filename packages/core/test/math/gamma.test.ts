import { expect, test } from "vitest";
import { gammaFunction, logGamma, logGamma1p, stirlingError } from "../../src/math/gamma.ts";
import { expectPromise } from "./reference.ts";

test("gammaFunction", () => expectPromise("gammaFunction", 1.5e-15, gammaFunction));
test("logGamma, also near its zeros", () => expectPromise("logGamma", 2e-15, logGamma));
test("logGamma1p, also near its zero", () => expectPromise("logGamma1p", 1.5e-15, logGamma1p));
test("stirlingError", () => expectPromise("stirlingError", 5e-16, stirlingError));

test("whole arguments below 10 give exact factorials", () => {
  for (let n = 1, factorial = 1; n < 10; factorial *= n++) expect(gammaFunction(n)).toBe(factorial);
  expect([logGamma(1), logGamma(2)]).toEqual([0, 0]);
});

test("limits", () => {
  expect([gammaFunction(0), gammaFunction(171.7), gammaFunction(Infinity)]).toEqual([Infinity, Infinity, Infinity]);
  expect([gammaFunction(-0.5), gammaFunction(-3), gammaFunction(NaN)]).toEqual([NaN, NaN, NaN]);
  expect([logGamma(0), logGamma(Infinity), logGamma(-1), logGamma(NaN)]).toEqual([Infinity, Infinity, NaN, NaN]);
});
