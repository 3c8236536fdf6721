import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Tail } from "../../src/laws/law.ts";
import { erfc, erfcx, normalCdf, normalDensity, normalQuantile, normalSurvival } from "../../src/math/normal.ts";
import { expectPromise, relativeError } from "./reference.ts";

test("erfcx", () => expectPromise("erfcx", 1e-15, erfcx));
test("erfc", () => expectPromise("erfc", 1e-15, erfc));
test("normalCdf and normalSurvival", () => {
  expectPromise("normalCdf", 1e-15, normalCdf);
  expectPromise("normalCdf", 1e-15, (z: number) => normalSurvival(-z));
});
test("normalDensity", () => expectPromise("normalDensity", 5e-16, normalDensity));
test("normalQuantile", () => expectPromise("normalQuantile", 1e-15, normalQuantile));

interface QuantileCase {
  readonly law: string;
  readonly params: { readonly mu: number; readonly sigma: number };
  readonly ppf: readonly number[];
}
const { u, cases } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/quantiles.json", import.meta.url), "utf8"),
) as { u: readonly number[]; cases: readonly QuantileCase[] };

test("normalQuantile agrees with the standard normal of the quantile vectors", () => {
  const standard = cases.filter(({ law, params }) => law === "normal" && params.mu === 0 && params.sigma === 1);
  expect(standard).toHaveLength(1);
  for (const [i, p] of u.entries()) {
    expect(relativeError(normalQuantile(p, "lower"), standard[0].ppf[i])).toBeLessThan(1e-15);
  }
});

test("exact values and limits", () => {
  expect([erfcx(0), erfc(0), normalCdf(0), normalSurvival(0)]).toEqual([1, 1, 0.5, 0.5]);
  expect([erfc(Infinity), erfc(-Infinity), erfc(41), erfc(1e300), erfc(NaN)]).toEqual([0, 2, 0, 0, NaN]);
  expect([erfcx(Infinity), erfcx(-Infinity), erfcx(-1e300), erfcx(NaN)]).toEqual([0, Infinity, Infinity, NaN]);
  expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
  expect([normalDensity(-Infinity), normalDensity(1e200), normalDensity(NaN)]).toEqual([0, 0, NaN]);
});

function at(p: number): readonly number[] {
  return (["lower", "upper"] as Tail[]).map((tail) => normalQuantile(p, tail));
}

test("normalQuantile at and beyond the ends of [0, 1]", () => {
  expect(at(0)).toEqual([-Infinity, Infinity]);
  expect(at(1)).toEqual([Infinity, -Infinity]);
  expect([at(-0.1), at(1.1), at(NaN)].flat()).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
});

test("normalQuantile inverts normalCdf down to the smallest double", () => {
  // One unit in the last place of z moves the tail by z² units.
  for (const p of [5e-324, 1e-310, 1e-300, 1e-30, 0.07, 0.08, 0.4]) {
    const z = normalQuantile(p, "lower");
    expect(relativeError(normalCdf(z), p)).toBeLessThan(p < 1e-308 ? 0.01 : 6e-16 * (2 + z * z));
  }
});
