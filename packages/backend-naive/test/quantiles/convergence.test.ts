import { describe, expect, test } from "vitest";

import { beta } from "../../src/quantiles/beta.ts";
import { gamma } from "../../src/quantiles/gamma.ts";
import { inverseGaussian } from "../../src/quantiles/inverse-gaussian.ts";
import type { Law } from "../../src/quantiles/law.ts";
import { student } from "../../src/quantiles/student.ts";

// A low-discrepancy walk through shapes and probabilities: the same ones in every run.
const point = (i: number, dimension: number): number =>
  (i * [0.7548776662466927, 0.5698402909980532, 0.8191725133961645][dimension]) % 1;
const between = (a: number, b: number, u: number): number => a * Math.exp(u * Math.log(b / a));

const families: [string, (u: number, v: number) => Law][] = [
  ["gamma", (u) => gamma(between(0.001, 1e5, u), 1)],
  ["inverse Gaussian", (u) => inverseGaussian(1, between(1e-6, 1e6, u))],
  ["beta", (u, v) => beta(between(0.01, 1e4, u), between(0.01, 1e4, v), 1)],
  ["student", (u) => student(between(0.2, 1e5, u), 0, 1)],
];

describe("the tail at the quantile is p, whatever the shape", () => {
  test.each(families)("%s", (_, make) => {
    let worst = 0;
    for (let i = 1; i <= 2000; i++) {
      const law = make(point(i, 0), point(i, 1));
      const p = i % 2 === 0 ? between(1e-300, 0.5, point(i, 2)) : 0.5 * point(i, 2);
      for (const upper of [false, true]) {
        const x = law.quantile(p, upper);
        expect(x).not.toBeNaN();
        // An x that underflows, or that is the nearest double to the end of the support, has lost the digits of p.
        if (!Number.isFinite(x) || Math.abs(x) < 1e-290 || (x > 0.9 && x <= 1)) continue;
        worst = Math.max(worst, Math.abs(law.tail(x, upper) / p - 1));
      }
    }
    // x = e^w, and w of up to 700 has a rounding of 1e-13; a tail magnifies that of x up to its shape.
    expect(worst).toBeLessThanOrEqual(1e-9);
  });
});

describe("the ends of the support", () => {
  test.each([
    ["gamma", gamma(2, 3), 0, Infinity],
    ["inverse Gaussian", inverseGaussian(2, 3), 0, Infinity],
    ["beta", beta(2, 3, 4), 0, 4],
    ["student", student(3, 5, 2), -Infinity, Infinity],
  ])("%s", (_, law, least, most) => {
    expect([law.quantile(0, false), law.quantile(1, true)]).toEqual([least, least]);
    expect([law.quantile(1, false), law.quantile(0, true)]).toEqual([most, most]);
    for (const [x, share] of [
      [least, 0],
      [most, 1],
      [-1e300, 0],
      [1e300, 1],
      [-Infinity, 0],
      [Infinity, 1],
    ]) {
      expect([law.tail(x, false), law.tail(x, true)]).toEqual([share, 1 - share]);
    }
  });
});
