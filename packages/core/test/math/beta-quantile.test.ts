import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Tail } from "../../src/laws/law.ts";
import { betaQuantile } from "../../src/math/beta-quantile.ts";
import { binomialDensity } from "../../src/math/binomial-density.ts";
import { betaLower, betaUpper } from "../../src/math/incomplete-beta.ts";
import { expectPromise, relativeError } from "./reference.ts";

/** d log(x / y) / d log p at the quantile of a tail p. */
function condition(a: number, b: number, p: number, x: number, y: number): number {
  return (p * (a + b)) / (a * b * binomialDensity(a, b, x, y));
}

test("betaQuantile", () => {
  expectPromise(
    "betaQuantile",
    3e-15,
    (a: number, b: number, p: number, tail: Tail) => {
      const { x, y } = betaQuantile(a, b, p, tail);
      return [x, y];
    },
    ([a, b, p, tail]) => {
      const { x, y } = betaQuantile(a as number, b as number, p as number, tail as Tail);
      return condition(a as number, b as number, p as number, x, y);
    },
  );
});

interface QuantileCase {
  readonly law: string;
  readonly params: { readonly a: number; readonly b: number; readonly theta: number };
  readonly ppf: readonly number[];
  readonly cond: readonly (number | string)[];
}
const { u, cases } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/quantiles.json", import.meta.url), "utf8"),
) as { u: readonly number[]; cases: readonly QuantileCase[] };

test("betaQuantile agrees with the quantile vectors", () => {
  let worst = -1;
  for (const { law, params, ppf, cond } of cases) {
    if (law !== "beta") continue;
    for (const [i, p] of u.entries()) {
      const { x } = betaQuantile(params.a, params.b, p, "lower");
      if (ppf[i] < 1e-290 || !Number.isFinite(Number(cond[i]))) continue;
      worst = Math.max(worst, relativeError(params.theta * x, ppf[i]) / Math.max(1, Number(cond[i])));
    }
  }
  console.log(`betaQuantile: worst error over condition in the quantile vectors ${worst.toExponential(2)}`);
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(2e-15);
});

test("ends of the domain", () => {
  expect(betaQuantile(2, 3, 0, "lower")).toEqual({ x: 0, y: 1 });
  expect(betaQuantile(2, 3, 1, "lower")).toEqual({ x: 1, y: 0 });
  expect(betaQuantile(2, 3, 0, "upper")).toEqual({ x: 1, y: 0 });
  expect(betaQuantile(2, 3, 1, "upper")).toEqual({ x: 0, y: 1 });
  expect(betaQuantile(2, 3, NaN, "lower")).toEqual({ x: NaN, y: NaN });
  expect(betaQuantile(2, 3, -0.5, "lower")).toEqual({ x: NaN, y: NaN });
});

test("points too close to an end for a double are the end", () => {
  expect(betaQuantile(0.01, 2, 1e-9, "lower")).toEqual({ x: 0, y: 1 });
  expect(betaQuantile(10, 0.001, 0.3, "lower")).toEqual({ x: 1, y: betaQuantile(10, 0.001, 0.3, "lower").y });
  expect(betaQuantile(2, 0.01, 1e-9, "upper")).toEqual({ x: 1, y: 0 });
});

test("odds below 1e-290 follow the first term of the series: x = (p a B(a, b))^(1/a)", () => {
  // For b = 1, I_x(a, 1) = x^a exactly; the condition number is 1/a = 200.
  expect(relativeError(betaQuantile(0.005, 1, 0.03, "lower").x, 0.03 ** 200)).toBeLessThan(200 * 1e-15);
  expect(relativeError(betaQuantile(1, 0.005, 0.03, "upper").y, 0.03 ** 200)).toBeLessThan(200 * 1e-15);
  for (const p of [0.003, 0.0031, 0.0035, 0.004])
    expect(betaQuantile(0.0053, 0.001, p, "lower").x).toBeLessThan(1e-290);
});

test("quantiles invert the tails over a grid of shapes and probabilities", () => {
  let worst = 0;
  for (let a = 0.01; a < 2e6; a *= 17) {
    for (let b = 0.01; b < 2e6; b *= 13) {
      for (let p = 0.93; p > 1e-307; p *= p > 1e-2 ? 0.4 : 1e-17) {
        for (const tail of ["lower", "upper"] as const) {
          const { x, y } = betaQuantile(a, b, p, tail);
          if (x < 1e-290 || y < 1e-290) continue;
          const sensitivity = 1 / condition(a, b, p, x, y);
          const error = relativeError((tail === "lower" ? betaLower : betaUpper)(a, b, x, y), p);
          worst = Math.max(worst, error / Math.max(1, sensitivity));
        }
      }
    }
  }
  console.log(`betaQuantile: worst error of the tail at the quantile over its sensitivity ${worst.toExponential(2)}`);
  expect(worst).toBeLessThan(1e-13);
});
