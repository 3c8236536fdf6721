import { expect, test } from "vitest";
import { power } from "../../src/math/power.ts";
import { expectPromise, relativeError } from "./reference.ts";

test("power stays within 1.5 units in the last place", () => expectPromise("power", 3.4e-16, power));

test("power has ECMAScript's special cases", () => {
  const values = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, 5e-324, 1.7e308, -1.7e308, 1e19, -1e19, 9007199254740991];
  const all = [...values, -9007199254740991, Infinity, -Infinity, NaN, 1 + 2 ** -52, 1 - 2 ** -53, -(1 + 2 ** -52)];
  for (const x of all) {
    for (const y of all) {
      const found = power(x, y);
      const wanted = x ** y;
      expect(Object.is(found, wanted) || (found !== 0 && relativeError(found, wanted) < 1e-15), `${x} ** ${y}`).toBe(
        true,
      );
    }
  }
});

test("powers of two are exact", () => {
  for (let y = -1074; y < 1024; y++) expect(power(2, y)).toBe(2 ** y);
});
