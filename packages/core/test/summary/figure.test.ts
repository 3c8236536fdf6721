import { describe, expect, test } from "vitest";
import { intervalFigure, normalFigure, unknownFigure, valueOnly } from "../../src/summary/figure.ts";

describe("a figure", () => {
  test("has an interval of ± 1.959964 standard errors", () => {
    expect(normalFigure(10, 1)).toEqual({ value: 10, se: 1, low: 8.040036, high: 11.959964 });
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
