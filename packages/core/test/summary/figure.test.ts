import { describe, expect, test } from "vitest";
import { intervalFigure, normalFigure, skewedFigure, unknownFigure, valueOnly } from "../../src/summary/figure.ts";

describe("a figure", () => {
  test("has an interval of ± 1.959964 standard errors", () => {
    expect(normalFigure(10, 1)).toEqual({ value: 10, se: 1, low: 8.040036, high: 11.959964 });
  });

  test.each([-1.4, -0.3, 1e-9, 0.01, 0.3, 1, 2.5])(
    "skewed by %d has an interval whose ends Hall's transformation makes normal",
    (skewness) => {
      const { value, se, low, high } = skewedFigure(10, 2, skewness);
      expect([value, se]).toEqual([10, 2]);
      // The way there (Hall 1992, eq. 2.1), by standard errors of the mean from its value.
      const transformed = (x: number) => x + (skewness / 3) * x ** 2 + (skewness ** 2 / 27) * x ** 3 + skewness / 6;
      expect(transformed((10 - low!) / 2)).toBeCloseTo(1.959964, 12);
      expect(transformed((10 - high!) / 2)).toBeCloseTo(-1.959964, 12);
      // What is skewed to the right is sooner too small.
      if (skewness > 1e-3) expect(high! - 10).toBeGreaterThan(10 - low!);
    },
  );

  test("without skewness, or where that is not known, has the interval of a normal one", () => {
    const normal = normalFigure(10, 1, 2.5);
    const { low, high } = skewedFigure(10, 1, 0, 2.5);
    expect(low).toBeCloseTo(normal.low!, 14);
    expect(high).toBeCloseTo(normal.high!, 14);
    expect(skewedFigure(10, 1, Number.NaN, 2.5)).toEqual(normal);
    expect(skewedFigure(10, 0, Number.NaN)).toEqual({ value: 10, se: 0, low: 10, high: 10 });
  });

  test("between order statistics has a standard error of width / 3.919928", () => {
    expect(intervalFigure(2, 0, 2 * 3.919928)).toEqual({ value: 2, se: 2, low: 0, high: 7.839856 });
  });

  test("that is not known says why", () => {
    expect(unknownFigure("so")).toEqual({ value: null, se: null, low: null, high: null, reason: "so" });
    expect(valueOnly(3, "so")).toEqual({ value: 3, se: null, low: null, high: null, reason: "so" });
  });

  test("is never infinite nor NaN", () => {
    const beyond = "beyond the range of a double";
    const nothing = { value: null, se: null, low: null, high: null, reason: beyond };
    expect(valueOnly(Infinity, "so")).toEqual(nothing);
    expect(normalFigure(Number.NaN, Number.NaN)).toEqual(nothing);
    expect(intervalFigure(Infinity, 5, Infinity)).toEqual(nothing);
    const error = { value: 3, se: null, low: null, high: null, reason: `standard error ${beyond}` };
    expect(normalFigure(3, Infinity)).toEqual(error);
    expect(normalFigure(3, Number.NaN)).toEqual(error);
    expect(normalFigure(3, 1e308)).toEqual(error);
    expect(intervalFigure(3, 2, Infinity)).toEqual(error);
  });
});
