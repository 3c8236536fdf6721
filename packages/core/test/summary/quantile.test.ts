import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankOf } from "../../src/summary/decimal.ts";
import { keptOrder } from "../../src/summary/ordered.ts";
import * as quantile from "../../src/summary/quantile.ts";
import { relativeError, samples } from "./vectors.ts";

const valueAtRisk = (sorted: Float64Array, p: number) => keptOrder(sorted).at(rankOf(sorted.length, p));
const tailValuesAtRisk = (sorted: Float64Array, levels: readonly number[]) =>
  quantile.tailValuesAtRisk(keptOrder(sorted), levels);

describe.each(samples)("$name", ({ sample, quantiles, tail }) => {
  const sorted = Float64Array.from(sample).sort();

  test("VaR is the exact order statistic, also where n·p is whole", () => {
    for (const { p, inverted_cdf } of quantiles) expect([p, valueAtRisk(sorted, p)]).toEqual([p, inverted_cdf]);
  });

  test("TVaR and its standard error are those of exact fractions", () => {
    const levels = tail.map(({ p }) => p);
    tailValuesAtRisk(sorted, levels).forEach(({ value, se }, i) => {
      const expected = tail[i];
      expect(valueAtRisk(sorted, expected.p)).toBe(expected.var);
      // A dozen roundings of half an ulp.
      expect(relativeError(value, expected.tvar)).toBeLessThan(2e-15);
      expect(relativeError(se, expected.seTvarInfluence ?? 0)).toBeLessThan(2e-15);
    });
  });

  test("at p = 1 both are the maximum", () => {
    expect(valueAtRisk(sorted, 1)).toBe(sorted.at(-1));
    expect(tailValuesAtRisk(sorted, [1])).toEqual([{ value: sorted.at(-1), se: 0, skewness: 0 }]);
  });
});

test.skip("riskmeasures.json: linear quantiles and Maritz–Jarrett errors are not reported", () => {});

test("many capped losses have exactly the cap as TVaR, without error", () => {
  const capped = new Float64Array(100_000).fill(1000.1);
  capped.fill(0, 0, 40_000);
  expect(tailValuesAtRisk(capped, [0.5, 0.99])).toEqual([
    { value: 1000.1, se: 0, skewness: 0 },
    { value: 1000.1, se: 0, skewness: 0 },
  ]);
});

test("the skewness of TVaR is that of the excesses over the root of n, by their definition", () => {
  const sorted = Float64Array.from({ length: 500 }, (_, i) => (i * i * i) / 1000);
  for (const p of [0.1, 0.5, 0.9, 0.99]) {
    const excesses = sorted.map((x) => Math.max(0, x - valueAtRisk(sorted, p)));
    const central = (power: number) => {
      const mean = excesses.reduce((sum, x) => sum + x, 0) / 500;
      return excesses.reduce((sum, x) => sum + (x - mean) ** power, 0);
    };
    const expected = central(3) / 500 / (central(2) / 499) ** 1.5 / Math.sqrt(500);
    expect(relativeError(tailValuesAtRisk(sorted, [p])[0].skewness, expected)).toBeLessThan(1e-12);
  }
});

test("tails longer than a stretch add up to what whole numbers say", () => {
  const n = 100_000;
  const squares = Float64Array.from({ length: n }, (_, i) => i * i);
  const levels = [0.999, 0, 0.5, 0.5004];
  tailValuesAtRisk(squares, levels).forEach(({ value }, i) => {
    // n·p is whole: of the boundary loss nothing counts.
    const start = Math.round(n * levels[i]);
    let sum = 0n;
    for (let k = start; k < n; k++) sum += BigInt(k * k);
    expect(relativeError(value, Number(sum) / (n - start))).toBeLessThan(2e-15);
  });
});

const losses = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 100 });
const levels = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

test("TVaR is at least VaR, and both grow with the level", () => {
  fc.assert(
    fc.property(losses, levels, (values, at) => {
      const sorted = Float64Array.from(values).sort();
      const ascending = at.toSorted((a, b) => a - b);
      const vars = ascending.map((p) => valueAtRisk(sorted, p));
      const tvars = tailValuesAtRisk(sorted, ascending).map(({ value }) => value);
      const rounding = 1e-14 * sorted[sorted.length - 1];
      ascending.forEach((_, i) => {
        expect(tvars[i]).toBeGreaterThanOrEqual(vars[i]);
        expect(tvars[i]).toBeLessThanOrEqual(sorted[sorted.length - 1] + rounding);
        if (i === 0) return;
        expect(vars[i]).toBeGreaterThanOrEqual(vars[i - 1]);
        expect(tvars[i]).toBeGreaterThanOrEqual(tvars[i - 1] - rounding);
      });
    }),
    { seed: 4096, numRuns: 500 },
  );
});

test("the order of the levels does not matter", () => {
  const sorted = Float64Array.from({ length: 1000 }, (_, i) => Math.sqrt(i));
  const [a, b] = tailValuesAtRisk(sorted, [0.5, 0.99]);
  expect(tailValuesAtRisk(sorted, [0.99, 0.5])).toEqual([b, a]);
});
