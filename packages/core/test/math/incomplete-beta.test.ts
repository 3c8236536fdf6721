import { expect, test } from "vitest";
import { betaLower, betaUpper } from "../../src/math/incomplete-beta.ts";
import { expectPromise, relativeError } from "./reference.ts";

test("betaLower", () => expectPromise("betaLower", 1e-13, betaLower));
test("betaUpper", () => expectPromise("betaUpper", 1e-13, betaUpper));

test("ends of the domain", () => {
  for (const [a, b] of [
    [0.01, 0.5],
    [3, 0.2],
    [0.2, 3],
    [2, 5],
    [1e6, 1e5],
  ]) {
    expect([betaLower(a, b, 0, 1), betaLower(a, b, 1, 0)]).toEqual([0, 1]);
    expect([betaUpper(a, b, 0, 1), betaUpper(a, b, 1, 0)]).toEqual([1, 0]);
  }
});

test("powers where one shape is 1: I_x(a, 1) = x^a and I_x(1, b) = 1 − (1 − x)^b", () => {
  for (const x of [1e-9, 0.25, 0.5, 0.75]) {
    for (const n of [1, 2, 8]) {
      expect(relativeError(betaLower(n, 1, x, 1 - x), x ** n)).toBeLessThan(2e-15);
      expect(relativeError(betaUpper(1, n, x, 1 - x), (1 - x) ** n)).toBeLessThan(2e-15);
    }
  }
});
