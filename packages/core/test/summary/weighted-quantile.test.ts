import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import { tailSize } from "../../src/summary/decimal.ts";
import { tailSelection, weightedQuantile } from "../../src/summary/weighted-quantile.ts";
import { weighted } from "./vectors.ts";

describe.each(weighted)("$name", ({ sample, weights, sumWeights, quantiles }) => {
  test("has the quantiles of exact fractions", () => {
    for (const { p, inverted_cdf } of quantiles) {
      const mass = Number.isInteger(sumWeights) ? tailSize(sumWeights, p) : tailSize(1, p) * sumWeights;
      expect([p, weightedQuantile(Float64Array.from(sample), Float64Array.from(weights), mass)]).toEqual([
        p,
        inverted_cdf,
      ]);
    }
  });
});

/** The definition, said plainly. */
function definition(values: readonly number[], weights: readonly number[], mass: number): number {
  const beyond = (x: number) => values.reduce((sum, value, i) => sum + (value > x ? weights[i] : 0), 0);
  const found = values.filter((x, i) => weights[i] > 0 && beyond(x) <= Math.max(0, mass));
  return found.length === 0 ? Number.NaN : Math.min(...found);
}

const pairs = fc.array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
  maxLength: 40,
});

test("is what the definition says, with ties and weights of 0", () => {
  fc.assert(
    fc.property(pairs, fc.integer({ min: -2, max: 60 }), (drawn, halves) => {
      const values = drawn.map(([value]) => value);
      const weights = drawn.map(([, weight]) => weight);
      const found = weightedQuantile(Float64Array.from(values), Float64Array.from(weights), halves / 2);
      expect(found).toBe(definition(values, weights, halves / 2));
    }),
    { seed: 4096, numRuns: 1000 },
  );
});

describe("of so many values that they are put in buckets", () => {
  const n = 50_000;
  const { seek, fill } = uniformSource("77");
  seek(0, 0, SEVERITIES);
  const uniforms = new Float64Array(2 * n);
  fill(uniforms, 2 * n);
  // Two in five are 0, some are equal, some weights are 0; whole weights add up exactly.
  const values = Float64Array.from({ length: n }, (_, i) =>
    uniforms[i] < 0.4 ? 0 : Math.floor(1e6 / uniforms[i]) / 64,
  );
  const weights = Float64Array.from({ length: n }, (_, i) => Math.floor(4 * uniforms[n + i]));
  const order = Array.from(values.keys()).sort((i, j) => values[j] - values[i]);

  function plain(weightOf: (i: number) => number, mass: number): number {
    let above = 0;
    let quantile = Number.NaN;
    for (const i of order) {
      if (weightOf(i) === 0) continue;
      if (above > mass && values[i] !== quantile) break;
      quantile = values[i];
      above += weightOf(i);
    }
    return quantile;
  }

  const masses = [-1, 0, 1, 4.5, 100, 101, 777, 5000, 20_000, 29_999, 30_000, 45_000, 74_000, 1e9];

  test("with weights", () => {
    const expected = masses.map((mass) => plain((i) => weights[i], Math.max(0, mass)));
    expect(tailSelection(values, weights)(masses)).toEqual(expected);
    expect(masses.map((mass) => weightedQuantile(values, weights, mass))).toEqual(expected);
  });

  test("without", () => {
    const select = tailSelection(values, null);
    const expected = masses.map((mass) => plain(() => 1, Math.max(0, mass)));
    expect(select(masses)).toEqual(expected);
    expect(select(masses.toReversed())).toEqual(expected.toReversed());
  });

  test("all of them equal", () => {
    expect(tailSelection(new Float64Array(n).fill(7), weights)([0, 10, 1e9])).toEqual([7, 7, 7]);
  });

  test("none with a weight", () => {
    expect(tailSelection(values, new Float64Array(n))([0, 10])).toEqual([Number.NaN, Number.NaN]);
  });
});
