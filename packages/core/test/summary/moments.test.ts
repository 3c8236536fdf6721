import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Moments,
  mergeMoments,
  momentsOf,
  sd,
  standardErrorOfMean,
  standardErrorOfSd,
  variance,
} from "../../src/summary/moments.ts";
import { relativeError, samples } from "./vectors.ts";

const NONE = momentsOf(new Float64Array(0), 0);

function momentsOfAll(values: readonly number[]): Moments {
  return momentsOf(Float64Array.from(values), values.length);
}

// A handful of roundings each: the samples are short, and means, sums and roots cost half an ulp (1.1e-16) apiece.
const FEW_ROUNDINGS = 2e-15;

describe.each(samples)("$name", (sample) => {
  const moments = momentsOfAll(sample.sample);
  const merged = sample.sample.map((x) => momentsOfAll([x])).reduce((a, b) => mergeMoments(a, b), NONE);

  test.each([
    ["in one piece", moments, FEW_ROUNDINGS],
    // Up to 200 merges, each of a few roundings that mostly cancel.
    ["merged value by value", merged, 1e-14],
  ] as const)("has the exact moments %s", (_, found, tolerance) => {
    expect(found.n).toBe(sample.n);
    expect(found.min).toBe(Math.min(...sample.sample));
    expect(found.max).toBe(Math.max(...sample.sample));
    expect(relativeError(found.mean, sample.mean)).toBeLessThanOrEqual(tolerance);
    expect(relativeError(found.m2 / found.n, sample.variancePopulation)).toBeLessThanOrEqual(tolerance);
    if (sample.varianceSample === undefined) {
      expect(variance(found)).toBeNaN();
      return;
    }
    expect(relativeError(variance(found), sample.varianceSample)).toBeLessThanOrEqual(tolerance);
    expect(relativeError(sd(found), sample.sdSample!)).toBeLessThanOrEqual(tolerance);
    expect(relativeError(standardErrorOfMean(found), sample.seMean!)).toBeLessThanOrEqual(tolerance);
  });
});

// Without spread there is no shape, and the fourth power of "huge range" is no double.
const shaped = samples.filter(
  ({ kurtosisExcessPopulation, name }) => kurtosisExcessPopulation !== undefined && name !== "huge range",
);

test.each(shaped)("the third and fourth moment of $name are exact", (sample) => {
  const moments = momentsOfAll(sample.sample);
  const { n, m3, m4 } = moments;
  const sigma = Math.sqrt(sample.variancePopulation);
  const kurtosis = sample.kurtosisExcessPopulation! + 3;
  // A skewness may be 0 by terms that cancel: absolute, on the scale of its terms.
  expect(Math.abs(m3 / n / sigma ** 3 - sample.skewnessPopulation!)).toBeLessThan(1e-14 * kurtosis);
  expect(relativeError(m4 / n / sigma ** 4, kurtosis)).toBeLessThan(1e-14);
  const expected = Math.sqrt(((kurtosis - 1) * sigma ** 4) / n) / (2 * sample.sdSample!);
  expect(relativeError(standardErrorOfSd(moments), expected)).toBeLessThan(1e-14);
});

test("a fourth power beyond the range of doubles is not a finite standard error", () => {
  const moments = momentsOfAll([1e100, 0, 1]);
  expect(Number.isFinite(sd(moments))).toBe(true);
  expect(Number.isFinite(standardErrorOfSd(moments))).toBe(false);
});

test("equal values have no spread and no error; one value has no known spread", () => {
  // 4,096 times 0.1 rounds on the way: the second pass takes that back.
  const equal = momentsOf(new Float64Array(4096).fill(0.1), 4096);
  expect(equal).toMatchObject({ n: 4096, mean: 0.1, m2: 0, min: 0.1, max: 0.1 });
  expect(standardErrorOfSd(equal)).toBe(0);
  expect(standardErrorOfSd(momentsOfAll([7]))).toBeNaN();
  expect(standardErrorOfMean(momentsOfAll([7]))).toBeNaN();
});

test("values that are all as far from their mean have an sd without error", () => {
  // Here μ₄ − μ₂² rounds to less than nothing.
  expect(standardErrorOfSd(momentsOfAll([2.3, 1.1, 2.3, 1.1]))).toBe(0);
});

test("an offset changes nothing, though the mean of the first pass is then wrong by a hundredth of the spread", () => {
  const small = Array.from({ length: 37 }, (_, i) => ((i * i) % 29) / 4);
  const { m2, m3, m4 } = momentsOfAll(small);
  const offset = momentsOfAll(small.map((x) => x + 2 ** 50));
  expect(relativeError(offset.m2, m2)).toBeLessThan(1e-14);
  expect(relativeError(offset.m3, m3)).toBeLessThan(1e-14);
  expect(relativeError(offset.m4, m4)).toBeLessThan(1e-14);
});

test("only the first values count, and none are neutral", () => {
  const three = momentsOfAll([5, 1, 3]);
  expect(momentsOf(Float64Array.of(5, 1, 3, 1e9), 3)).toEqual(three);
  expect(NONE).toEqual({ n: 0, mean: 0, m2: 0, m3: 0, m4: 0, min: Infinity, max: -Infinity });
  expect(mergeMoments(NONE, three)).toBe(three);
  expect(mergeMoments(three, NONE)).toBe(three);
});

test("any partition, merged, is the whole", () => {
  const losses = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 });
  const cuts = fc.array(fc.nat(200), { maxLength: 6 });
  fc.assert(
    fc.property(losses, cuts, (values, at) => {
      const edges = [0, ...at.map((cut) => Math.min(cut, values.length)), values.length].sort((a, b) => a - b);
      const parts = edges.slice(1).map((end, i) => momentsOfAll(values.slice(edges[i], end)));
      const merged = parts.reduce((a, b) => mergeMoments(a, b), NONE);
      const whole = momentsOfAll(values);
      const scale = Math.max(...values);
      expect(merged).toMatchObject({ n: whole.n, min: whole.min, max: whole.max });
      // Rounding of the k-th power: a few ulps of the largest term for each of at most 207 additions.
      expect(Math.abs(merged.mean - whole.mean)).toBeLessThanOrEqual(1e-14 * scale);
      expect(Math.abs(merged.m2 - whole.m2)).toBeLessThanOrEqual(1e-13 * values.length * scale ** 2);
      expect(Math.abs(merged.m3 - whole.m3)).toBeLessThanOrEqual(1e-13 * values.length * scale ** 3);
      expect(Math.abs(merged.m4 - whole.m4)).toBeLessThanOrEqual(1e-13 * values.length * scale ** 4);
    }),
    { seed: 4096, numRuns: 300 },
  );
});
