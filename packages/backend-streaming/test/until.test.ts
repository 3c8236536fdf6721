import type { Figure, LossmillError, Report } from "@lossmill/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkReachable, isMet, parseUntil } from "../src/index.ts";
import { levelsOf } from "../src/until.ts";

describe("reads", () => {
  test.each([
    ["30s", 30],
    ["2m", 120],
    ["1h", 3600],
    ["0.5 h", 1800],
    [" 1.5S ", 1.5],
  ])("the time %s", (text, seconds) => {
    expect(parseUntil(text)).toEqual({ seconds });
  });

  test.each([
    ["mean < 250", [{ figure: "mean", p: null, limit: 250, isRelative: false }]],
    ["mean < 2.5e5", [{ figure: "mean", p: null, limit: 250_000, isRelative: false }]],
    ["mean < 1e-1%", [{ figure: "mean", p: null, limit: 0.001, isRelative: true }]],
    ["VaR 99.5 % < .5%", [{ figure: "var", p: 0.995, limit: 0.005, isRelative: true }]],
    ["var0.995 < 3", [{ figure: "var", p: 0.995, limit: 3, isRelative: false }]],
    ["sd<1%", [{ figure: "sd", p: null, limit: 0.01, isRelative: true }]],
    ["var99.5 < 0.5%", [{ figure: "var", p: 0.995, limit: 0.005, isRelative: true }]],
    [
      "TVaR99 < 1%  AND oep99.9<12.5",
      [
        { figure: "tvar", p: 0.99, limit: 0.01, isRelative: true },
        { figure: "oep", p: 0.999, limit: 12.5, isRelative: false },
      ],
    ],
  ])("the precision %s", (text, bounds) => {
    expect(parseUntil(text)).toEqual({ bounds });
  });

  test("per cents as decimals, rounded once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (thousandths) => {
        const rule = parseUntil(`var${thousandths / 1000} < ${thousandths / 1000}%`);
        const limit = Number(`${thousandths}e-5`);
        // Below 1 it is a probability.
        const p = thousandths < 1000 ? thousandths / 1000 : limit;
        expect(rule).toEqual({ bounds: [{ figure: "var", p, limit, isRelative: true }] });
      }),
    );
  });
});

describe("refuses", () => {
  const faultOf = (text: string): LossmillError => {
    try {
      parseUntil(text);
    } catch (error) {
      return error as LossmillError;
    }
    throw new Error(`${text} was read`);
  };

  test.each([
    "",
    "0s",
    "30",
    "-1s",
    "30 days",
    "var < 1%",
    "var0 < 1%",
    "var100 < 1%",
    "mean99 < 1%",
    "median < 1%",
    "mean < 0",
    "mean < 0%",
    "mean < -1%",
    "mean > 1%",
    "mean <",
    "mean < 1% %",
    "mean < 1% or sd < 1%",
  ])("%j", (text) => {
    const { code, faults } = faultOf(text);
    expect([code, faults.length, faults[0].place]).toEqual(["BAD_CONFIGURATION", 1, "until"]);
    expect(faults[0].message).toContain(`found ${JSON.stringify(text)}`);
    expect(faults[0].message).toContain("var99.5 < 0.5% and mean < 250");
  });

  test.each([
    ["mean < 1% and 30s", "30s"],
    ["mean < 1% and  var200 < 3", "var200 < 3"],
    ["mean < 1% and", "mean < 1% and"],
  ])("a part of %j", (text, part) => {
    expect(faultOf(text).message).toContain(`found ${JSON.stringify(part)}`);
  });
});

test.each([
  ["30", "a time needs a unit"],
  ["30 min", "its unit is s, m or h"],
  ["30s and mean < 1%", "a time stands alone"],
  ["mean < 1% or sd < 1%", "only be joined by and"],
  ["mean < 1%, sd < 1%", "are joined by and"],
  ["var99,5 < 1%", "a decimal has a point"],
  ["mean <= 1%", "a figure, < and a bound"],
  ["mean", "a figure, < and a bound"],
  ["mean99 < 1%", "have no level"],
  ["var < 1%", "a level is missing"],
  ["tvar100 < 1%", "out of range"],
  ["mean < 0.0 %", "a bound is above 0"],
  ["var99 < -1%", "a bound is above 0"],
  ["median < 1%", "there is no such figure"],
])("%j: what is most likely wrong", (text, hint) => {
  expect(() => parseUntil(text)).toThrow(hint);
});

describe("a bound that no run could meet is refused", () => {
  const finite = { mean: true, variance: true, fourthMoment: true };
  const check = (text: string, exists: Partial<typeof finite>) => () =>
    checkReachable(parseUntil(text), { ...finite, ...exists });

  test("by the moments of the book", () => {
    const mean = { mean: false, variance: false, fourthMoment: false };
    const variance = { variance: false, fourthMoment: false };
    expect(check("sd < 1%", { fourthMoment: false })).toThrow(
      /until: sd would have no .* fourth moment .*; mean, tvarP/,
    );
    expect(check("mean < 1%", variance)).toThrow(/until: mean would have no .* variance .*; varP and oepP/);
    expect(check("var99 < 1% and tvar99.5 < 3 and mean < 1", variance)).toThrow(/until: tvar99\.5 and mean would/);
    expect(check("tvar99 < 1%", mean)).toThrow(/the mean of the book's annual loss is infinite/);
  });

  test("and no other", () => {
    const none = { mean: false, variance: false, fourthMoment: false };
    for (const text of ["var99 < 1% and oep99 < 1%", "30s"]) check(text, none)();
    check("mean < 1% and tvar99 < 1%", { fourthMoment: false })();
    check("sd < 1%", {})();
  });
});

const figure = (value: number | null, se: number | null, approximate?: number): Figure => {
  return { value, se, low: null, high: null, ...(approximate !== undefined && { approximate }) };
};

function reportWith(mean: Figure): Report {
  const nothing = figure(null, null);
  const level = { p: 0.99, returnPeriod: 100, var: figure(200, 3), tvar: nothing, oep: figure(0, 0) };
  return { claims: figure(1, 0.1), mean, sd: figure(-50, 1), quantiles: [level] };
}

const met = (text: string, mean = figure(100, 1)) => {
  const rule = parseUntil(text);
  return "bounds" in rule && isMet(rule.bounds, reportWith(mean));
};

test("a bound is met by a standard error below it", () => {
  expect(met("mean < 1.01")).toBe(true);
  expect(met("mean < 1")).toBe(false);
  expect(met("mean < 1.01%")).toBe(true);
  expect(met("mean < 1%")).toBe(false);
  expect(met("sd < 2.1%")).toBe(true);
  expect(met("var99 < 1.51%")).toBe(true);
  expect(met("var99 < 1.5%")).toBe(false);
  expect(met("mean < 2% and var99 < 1.51%")).toBe(true);
  expect(met("mean < 2% and var99 < 1.5%")).toBe(false);
});

test("a figure without error meets none; one that does not vary meets all", () => {
  expect(met("tvar99 < 99%")).toBe(false);
  expect(met("mean < 99%", figure(100, null))).toBe(false);
  expect(met("var98 < 99%")).toBe(false);
  expect(met("oep99 < 0.001%")).toBe(true);
});

test("an approximate figure meets no finer bound than it is itself", () => {
  expect(met("mean < 0.05%", figure(100, 0, 1 / 2048))).toBe(true);
  expect(met("mean < 0.04%", figure(100, 0, 1 / 2048))).toBe(false);
  expect(met("mean < 0.04", figure(100, 0.01, 1 / 2048))).toBe(false);
});

test("asks for each level once", () => {
  const rule = parseUntil("var99 < 1% and tvar99 < 1% and mean < 1% and oep50 < 3");
  expect("bounds" in rule && levelsOf(rule.bounds)).toEqual([0.99, 0.5]);
});
