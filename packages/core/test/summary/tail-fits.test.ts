import { describe, expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import { designOf } from "../../src/summary/design.ts";
import type { Grouping } from "../../src/summary/groups.ts";
import { type TailFit, tailExcesses, tailProbabilities } from "../../src/summary/tail-fits.ts";
import { relativeError } from "./vectors.ts";

const { seek, fill } = uniformSource("20270103");

function uniforms(stream: number, n: number): Float64Array {
  seek(stream, 0, SEVERITIES);
  const drawn = new Float64Array(n);
  fill(drawn, n);
  return drawn;
}

/** The definition: y of every trial, added up by group. */
function plainFit(
  design: ReturnType<typeof designOf>,
  groupOf: (trial: number) => number,
  y: readonly number[],
): TailFit {
  const { groups, weights, regression } = design;
  const weight = (trial: number) => (weights === null ? 1 : weights[trial]);
  const mean = y.reduce((sum, value, trial) => sum + weight(trial) * value, 0) / y.length;
  const square = y.reduce((sum, value, trial) => sum + weight(trial) * value * value, 0) / y.length;
  const sums = new Float64Array(groups.count);
  y.forEach((value, trial) => (sums[groupOf(trial)] += weight(trial) * value - mean));
  // Of large groups it is that of single trials.
  const isSmall = groups.run <= 2;
  const parts = isSmall ? sums : Float64Array.from(y, (value, trial) => weight(trial) * value - mean);
  const touched = new Set(y.flatMap((value, trial) => (value > 0 ? [isSmall ? groupOf(trial) : trial] : [])));
  const slopes = regression.directions.map((of) => dot(sums, of.sums));
  let cubes = 0;
  for (const [i, part] of parts.entries()) {
    const said = regression.directions.reduce((sum, of, j) => sum + of.sums[i] * slopes[j], 0);
    const isHeard = isSmall && touched.has(i);
    cubes += isHeard ? ((regression.jackknife?.influences[i] ?? 1) * (part - said)) ** 3 : part ** 3;
  }
  return { mean, square, cubes, trials: y.filter((value) => value > 0).length, ...regression.fit(sums) };
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

function expectNear(found: readonly TailFit[], expected: readonly TailFit[], hasCubes: boolean): void {
  found.forEach((fit, i) => {
    expect([i, fit.trials]).toEqual([i, expected[i].trials]);
    for (const name of ["mean", "square"] as const) {
      expect(relativeError(fit[name], expected[i][name])).toBeLessThan(1e-13);
    }
    expect(relativeError(fit.se, expected[i].se)).toBeLessThan(1e-10);
    expect(Math.abs(fit.shift - expected[i].shift)).toBeLessThan(1e-10 * expected[i].se);
    if (hasCubes) expect(relativeError(fit.cubes, expected[i].cubes)).toBeLessThan(1e-9);
    else expect(fit.cubes).toBe(0);
  });
}

const blockOf = (t: number) => Math.floor(t / 4096);
const cases: readonly (readonly [string, Grouping, number, (trial: number) => number])[] = [
  ["single trials", { size: 1 }, 3000, (t) => t],
  ["pairs", { size: 2 }, 3000, (t) => Math.floor(t / 2)],
  ["pairs, and one trial more", { size: 2 }, 2001, (t) => Math.floor(t / 2)],
  ["groups of seven, the last one shorter", { size: 7 }, 3000, (t) => Math.floor(t / 7)],
  ["strata of 128", { size: 128 }, 6400, (t) => Math.floor(t / 128)],
  ["a group a block, the last one shorter", { replicates: 99 }, 3 * 4096 + 100, blockOf],
  ["replicates of several blocks", { replicates: 3 }, 7 * 4096 + 100, (t) => blockOf(t) % 3],
];

describe.each(cases)("%s: sums over bands are those over tails", (_, grouping, n, groupOf) => {
  // Two in five are 0; neighbours have much in common, as pairs do.
  const drawn = uniforms(1, n);
  const values = drawn.map((u, i) => {
    const near = (u + drawn[i - (i % 2)]) / 2;
    return near > 0.6 ? 0 : -1000 * Math.log(near / 0.6);
  });
  const sorted = values.slice().sort();
  const at = (p: number) => sorted[Math.floor(p * n)];
  // In no order, two of them alike, one below all trials, two beyond.
  const thresholds = [at(0.99), at(0.5), at(0.9), at(0.5), -1, 0, 1e9, at(0.999), sorted[n - 1]];
  const weights = uniforms(2, n).map((u, i) => (i % 5 === 0 ? 0 : u / 0.4));
  const controls = [
    { values: values.map((x) => Math.min(x, 300)), mean: 150 },
    { values: uniforms(3, n), mean: 0.51 },
  ];

  test.each([
    ["plain", null, []],
    ["weights", weights, []],
    ["controls", null, controls],
    ["both", weights, controls],
  ])("%s", (_name, weighted, known) => {
    const design = designOf(n, weighted, grouping, known);
    const plain = (y: (x: number, threshold: number) => number) =>
      thresholds.map((threshold) =>
        plainFit(
          design,
          groupOf,
          Array.from(values, (x) => y(x, threshold)),
        ),
      );
    // Of a probability that is 1, or as the weights tell it, the error is rounding.
    const isRough = (fit: TailFit) => !(fit.se * fit.se * n > 1e-8 * fit.square);
    const check = (found: readonly TailFit[], expected: readonly TailFit[], hasCubes: boolean) => {
      const kept = expected.map((_fit, i) => i).filter((i) => !isRough(expected[i]));
      expect(kept.length).toBeGreaterThanOrEqual(6);
      expectNear(
        kept.map((i) => found[i]),
        kept.map((i) => expected[i]),
        hasCubes,
      );
      expect(found[6]).toMatchObject({ mean: 0, square: 0, trials: 0 });
      expect(found.length).toBe(thresholds.length);
    };
    check(
      tailProbabilities(design, values, thresholds),
      plain((x, threshold) => Number(x > threshold)),
      false,
    );
    check(
      tailExcesses(design, values, thresholds),
      plain((x, threshold) => Math.max(0, x - threshold)),
      true,
    );
  });
});

test("no thresholds have no tails", () => {
  expect(tailExcesses(designOf(2, null, { size: 1 }, []), Float64Array.of(1, 2), [])).toEqual([]);
});
