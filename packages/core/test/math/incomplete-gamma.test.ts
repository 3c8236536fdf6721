import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Tail } from "../../src/laws/law.ts";
import { gammaP, gammaQ, gammaQuantile } from "../../src/math/incomplete-gamma.ts";
import { poissonDensity } from "../../src/math/poisson-density.ts";
import { expectPromise, relativeError } from "./reference.ts";

test("gammaP", () => expectPromise("gammaP", 1e-13, gammaP));
test("gammaQ", () => expectPromise("gammaQ", 1e-13, gammaQ));

/** d log x / d log p at the quantile x of a tail p. */
function condition(a: number, p: number, x: number): number {
  return p / (a * poissonDensity(a, x));
}

test("gammaQuantile", () => {
  expectPromise("gammaQuantile", 2e-15, gammaQuantile, ([a, p], x) => condition(a as number, p as number, x));
});

interface QuantileCase {
  readonly law: string;
  readonly params: { readonly shape: number; readonly scale: number };
  readonly ppf: readonly number[];
  readonly cond: readonly (number | string)[];
  readonly deepTails: readonly (readonly [p: number, lower: number, upper: number])[];
}
const { u, cases } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/quantiles.json", import.meta.url), "utf8"),
) as { u: readonly number[]; cases: readonly QuantileCase[] };
const gammaCases = cases.filter(({ law }) => law === "gamma");

test.each(gammaCases.map((one) => [one.params.shape, one] as const))(
  "gammaQuantile of shape %d agrees with the quantile vectors",
  (shape, { params, ppf, cond, deepTails }) => {
    let worst = 0;
    const check = (p: number, tail: Tail, expected: number, conditionNumber: number): void => {
      if (expected < 1e-290) return;
      const error = relativeError(params.scale * gammaQuantile(shape, p, tail), expected);
      worst = Math.max(worst, error / Math.max(1, conditionNumber));
    };
    for (const [i, p] of u.entries()) check(p, "lower", ppf[i], Number(cond[i]));
    for (const [p, lower, upper] of deepTails) {
      check(p, "lower", lower, 1 / shape);
      check(p, "upper", upper, 1);
    }
    console.log(`gammaQuantile, shape ${shape}: worst error over condition ${worst.toExponential(2)}`);
    expect(worst).toBeLessThan(2e-15);
  },
);

test("quantiles of tiny shapes underflow to 0", () => {
  expect(gammaQuantile(0.05, 1e-300, "lower")).toBe(0);
  expect(gammaQuantile(0.001, 0.5, "lower")).toBeGreaterThan(0);
  expect(gammaQuantile(0.001, 0.4, "lower")).toBe(0);
  expect(gammaQuantile(0.04, 1 - 2 ** -53, "upper")).toBe(0);
});

test("ends of the domain", () => {
  expect([gammaP(2, 0), gammaP(2, -1), gammaP(2, Infinity), gammaP(2, NaN)]).toEqual([0, 0, 1, NaN]);
  expect([gammaQ(2, 0), gammaQ(2, -1), gammaQ(2, Infinity), gammaQ(2, NaN)]).toEqual([1, 1, 0, NaN]);
  expect([gammaQ(0.5, Infinity), gammaQ(80, Infinity)]).toEqual([0, 0]);
  expect([gammaQuantile(2, 0, "lower"), gammaQuantile(2, 1, "lower")]).toEqual([0, Infinity]);
  expect([gammaQuantile(2, 0, "upper"), gammaQuantile(2, 1, "upper")]).toEqual([Infinity, 0]);
  expect([gammaQuantile(2, NaN, "lower"), gammaQuantile(2, -1, "upper"), gammaQuantile(2, 2, "upper")]).toEqual([
    NaN,
    NaN,
    NaN,
  ]);
});

test("quantiles invert the tails over a grid of shapes and probabilities", () => {
  let worst = 0;
  for (let a = 1e-3; a < 2e6; a *= 3.7) {
    for (let p = 0.93; p > 1e-307; p *= p > 1e-3 ? 0.61 : 1e-7) {
      for (const tail of ["lower", "upper"] as const) {
        const x = gammaQuantile(a, p, tail);
        if (x < 1e-290) continue;
        // x is rounded: half a unit in the last place of x moves the tail by 1 / condition units.
        const sensitivity = 1 / condition(a, p, x);
        const error = relativeError((tail === "lower" ? gammaP : gammaQ)(a, x), p) / Math.max(1, sensitivity);
        worst = Math.max(worst, error);
      }
    }
  }
  console.log(`gammaQuantile: worst error of the tail at the quantile over its sensitivity ${worst.toExponential(2)}`);
  expect(worst).toBeLessThan(1e-13);
});

test("quantiles of tiny shapes, where Wilson and Hilferty's cube would be negative, invert their tail", () => {
  for (const a of [0.0005, 0.003, 0.01, 0.03, 0.1]) {
    for (let p = 0.4; p > 1e-12; p *= 0.83) {
      const x = gammaQuantile(a, p, "upper");
      // Smaller ones are no doubles.
      if (gammaQ(a, 1e-300) > p) expect(Math.abs(gammaQ(a, x) / p - 1)).toBeLessThan(1e-13);
    }
  }
});
