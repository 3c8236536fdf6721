import { expect, test } from "vitest";
import { exponentOf, powerOfTwo } from "../../src/math/exponent.ts";

test("powerOfTwo covers all powers that are doubles", () => {
  for (let k = -1074; k < 1024; k++) expect(powerOfTwo(k)).toBe(2 ** k);
});

test("exponentOf scales into [√½, √2)", () => {
  for (const x of [2.2250738585072014e-308, 1e-100, 0.70709, 0.7072, 1, 1.41419, 1.4143, 3, 1e100, 1.7e308]) {
    const scaled = x * powerOfTwo(-exponentOf(x));
    expect(scaled).toBeGreaterThan(Math.SQRT1_2 - 1e-6);
    expect(scaled).toBeLessThan(Math.SQRT2 + 1e-6);
  }
});
