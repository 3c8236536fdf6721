import { describe, expect, test } from "vitest";
import { groupSums, groupsOf } from "../../src/summary/groups.ts";
import { type Control, type Regression, regression } from "../../src/summary/regression.ts";
import { relativeError } from "./vectors.ts";

/**
 * NIST Statistical Reference Datasets, linear regression, certified values: Norris (y = B0 + B1 x) and Pontius (y = B0 +
 * B1 x + B2 x²). With controls whose known means are 0 the estimate is the intercept, its error that of the intercept.
 * Residual squares are what is left of a difference: R² is 1 − 6e-6 and less than 1e-6 short of it.
 */
const norris = {
  y: [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8,
    557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2,
    0.2,
  ],
  x: [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5,
    11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1,
    448.9, 0.5,
  ],
  intercept: -0.262323073774029,
  se: 0.232818234301152,
};
const pontius = {
  y: [
    0.11019, 0.21956, 0.32949, 0.43899, 0.54803, 0.65694, 0.76562, 0.87487, 0.98292, 1.09146, 1.20001, 1.30822, 1.41599,
    1.52399, 1.63194, 1.73947, 1.84646, 1.95392, 2.06128, 2.16844, 0.11052, 0.22018, 0.32939, 0.43886, 0.54798, 0.65739,
    0.76596, 0.87474, 0.983, 1.0915, 1.20004, 1.30818, 1.41613, 1.52408, 1.63159, 1.73965, 1.84696, 1.95445, 2.06177,
    2.16829,
  ],
  x: Array.from({ length: 40 }, (_, i) => 150_000 * (1 + (i % 20))),
  intercept: 0.673565789473684e-3,
  se: 0.107938612033077e-3,
};

const control = (values: readonly number[], mean = 0): Control => ({ values: Float64Array.from(values), mean });

/** The estimate of the mean of values, with its error, and the regression. */
function adjusted(values: readonly number[], controls: readonly Control[], size = 1, isJackknifed = false) {
  const groups = groupsOf({ size }, values.length);
  const fitted: Regression = regression(groups, controls, isJackknifed);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const { shift, se } = fitted.fit(groupSums(groups, Float64Array.from(values), mean));
  return { value: mean - shift, se, controls: fitted.directions.length, degrees: fitted.degrees };
}

describe("an intercept and its error are those that NIST certifies", () => {
  test("Norris: one control", () => {
    const found = adjusted(norris.y, [control(norris.x)]);
    expect(found).toMatchObject({ controls: 1, degrees: 34 });
    expect(relativeError(found.value, norris.intercept)).toBeLessThan(1e-11);
    expect(relativeError(found.se, norris.se)).toBeLessThan(1e-9);
  });

  test("Pontius: two controls, nearly collinear", () => {
    const found = adjusted(pontius.y, [control(pontius.x), control(pontius.x.map((x) => x * x))]);
    expect(found).toMatchObject({ controls: 2, degrees: 37 });
    expect(relativeError(found.value, pontius.intercept)).toBeLessThan(1e-9);
    expect(relativeError(found.se, pontius.se)).toBeLessThan(1e-9);
  });

  test("and no others where each is a group of two trials", () => {
    const twice = (values: readonly number[]) => values.flatMap((value, i) => [value - (i % 5), value + (i % 5)]);
    const found = adjusted(twice(norris.y), [control(twice(norris.x))], 2);
    expect(found).toMatchObject({ controls: 1, degrees: 34 });
    expect(relativeError(found.value, norris.intercept)).toBeLessThan(1e-11);
    expect(relativeError(found.se, norris.se)).toBeLessThan(1e-9);
  });
});

describe("the jackknife is that of regressions which are done again without each group", () => {
  // Far out a line is not one: what is there decides the slope.
  const bent = Array.from({ length: 60 }, (_, i) => ((i * 37) % 60) ** 3 / 1e4);
  const wave = bent.map((_, i) => Math.sin(i) + (i * i) / 900);
  const known = [control(bent.map(Math.sqrt), 1.5), control(wave, 1)];
  const without = (g: number, size: number, values: ArrayLike<number>) =>
    Array.from(values).filter((_, i) => Math.floor(i / size) !== g);

  test.each([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
  ])("groups of %d, %d controls", (size, count) => {
    const controls = known.slice(0, count);
    const plain = adjusted(bent, controls, size);
    const groups = 60 / size;
    const moved = Array.from({ length: groups }, (_, g) => {
      const left = controls.map(({ values, mean }) => control(without(g, size, values), mean));
      return plain.value - adjusted(without(g, size, bent), left, size).value;
    });
    const bias = (moved.reduce((sum, one) => sum + one, 0) * (groups - 1)) / groups;
    const found = adjusted(bent, controls, size, true);
    expect(relativeError(found.value - plain.value, bias)).toBeLessThan(1e-10);
    expect(Math.abs(bias)).toBeGreaterThan(plain.se / 100);
    expect(relativeError(found.se, Math.sqrt(moved.reduce((sum, one) => sum + one * one, 0)))).toBeLessThan(1e-10);
    expect(Math.abs(found.se / plain.se - 1)).toBeGreaterThan(0.01);
  });

  test("without a control it is nothing", () => {
    expect(adjusted(bent, [], 1, true)).toEqual(adjusted(bent, []));
  });

  test("nor of a group that a control is made of alone", () => {
    const alone = control(bent.map((_, i) => Number(i === 7)));
    expect(adjusted(bent, [alone], 1, true).value).toBeCloseTo(adjusted(bent, [alone]).value, 12);
  });
});

test("groups of several trials, the last one shorter, vary by G / (G - 1) / n² of their squares", () => {
  // Σ (sum of a group − its size · mean)², groups of 5 but for the last of 1.
  const mean = norris.y.reduce((sum, value) => sum + value, 0) / 36;
  let squares = 0;
  for (let g = 0; g < 8; g++) {
    const centred = norris.y.slice(5 * g, 5 * g + 5).reduce((sum, value) => sum + value - mean, 0);
    squares += centred * centred;
  }
  expect(relativeError(adjusted(norris.y, [], 5).se, Math.sqrt((8 / 7) * squares) / 36)).toBeLessThan(1e-14);
});

describe("a control is left out", () => {
  const one = adjusted(norris.y, [control(norris.x)]);

  test("where it is known from those before", () => {
    const other = norris.x.map((x) => 3 * x + 1);
    expect(adjusted(norris.y, [control(norris.x), control(other, 1)])).toEqual(one);
  });

  test("where it is constant, also where only its groups are", () => {
    expect(
      adjusted(norris.y, [
        control(
          norris.y.map(() => 0.1),
          7,
        ),
        control(norris.x),
      ]),
    ).toEqual(one);
    const mirrored = norris.y.map((_, i) => 0.5 + (i % 2 === 0 ? 1 : -1) * norris.x[i - (i % 2)]);
    expect(adjusted(norris.y, [control(mirrored)], 2).controls).toBe(0);
  });

  test("where it is one more than a tenth of the groups", () => {
    const waves = [2, 3, 5, 7].map((step) => control(norris.y.map((_, i) => (i * i * step) % 11)));
    expect(adjusted(norris.y, waves).controls).toBe(3);
    expect(adjusted(norris.y.slice(0, 9), [control(norris.x.slice(0, 9))]).controls).toBe(0);
  });
});

test("a single group has no error", () => {
  expect(adjusted([1, 2, 3], [], 5)).toMatchObject({ value: 2, se: Number.NaN, degrees: 0 });
});
