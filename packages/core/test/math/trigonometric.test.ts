import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { atan2, cos, sin } from "../../src/math/trigonometric.ts";

type Row = readonly [name: string, args: readonly number[], value: number];

const { rows } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/trigonometric.json", import.meta.url), "utf8"),
) as { rows: readonly Row[] };

/** The worst error of all rows of a function, each divided by what `scale` says that it may be measured in. */
function worst(
  name: string,
  f: (...args: number[]) => number,
  scale: (args: readonly number[], value: number) => number,
) {
  const errors = rows.flatMap(([row, args, value]) => {
    const error = Math.abs(f(...args) - value);
    return row === name ? [error === 0 ? 0 : error / scale(args, value)] : [];
  });
  const most = Math.max(...errors);
  console.log(`${name}: worst error of ${errors.length} values ${most.toExponential(2)}`);
  return most;
}

describe("against mpmath", () => {
  test("sin: relative up to 1, absolute up to 1e6", () => {
    const isSmall = ([x]: readonly number[]) => Math.abs(x) <= 1;
    expect(worst("sin", sin, (args, value) => (isSmall(args) ? Math.abs(value) : 1))).toBeLessThan(2e-16);
  });

  test("cos: absolute up to 1e6", () => {
    expect(worst("cos", cos, () => 1)).toBeLessThan(2e-16);
  });

  test("atan2: relative", () => {
    expect(worst("atan2", atan2, (_, value) => Math.abs(value))).toBeLessThan(3e-16);
  });
});

test("the origin has the angle 0, and what is not finite has neither sine nor cosine", () => {
  expect(atan2(0, 0)).toBe(0);
  for (const x of [Infinity, -Infinity, NaN]) expect([sin(x), cos(x)]).toEqual([NaN, NaN]);
});

test("sin² + cos² = 1 far beyond the promised range", () => {
  for (const x of [1e7, 3e9, -1e9]) expect(sin(x) * sin(x) + cos(x) * cos(x)).toBeCloseTo(1, 12);
});
