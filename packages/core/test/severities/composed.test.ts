import { describe, expect, test } from "vitest";
import { severity } from "../../src/laws/severities/index.ts";
import type { SeveritySpec } from "../../src/laws/severities/index.ts";
import { relativeError } from "./accuracy.ts";

/** What reference rows do not show of mixtures, truncated and spliced laws. */

const truncated = (of: SeveritySpec, lower?: number, upper?: number) =>
  severity({ law: "truncated", of, lower, upper });
const pareto = (shape: number): SeveritySpec => ({ law: "pareto", shape, scale: 10 });
const student = (df: number): SeveritySpec => ({ law: "student", df, location: 0, scale: 1 });

describe("mixture", () => {
  test("a flat cdf gives its smallest x, whatever the rounding of weights", () => {
    for (const weights of [
      [1, 1],
      [0.1, 0.1],
      [1e-200, 1e-200],
      [3, 3],
    ]) {
      const law = severity({
        law: "mixture",
        weights,
        components: [
          { law: "uniform", min: 0, max: 1 },
          { law: "uniform", min: 10, max: 11 },
        ],
      });
      expect([law.quantile(0.5, "lower"), law.quantile(0.5, "upper")]).toEqual([1, 1]);
      expect(law.quantile(0.5 + 2 ** -53, "lower")).toBeCloseTo(10, 14);
    }
  });

  test("in a gap that is not quite empty, the tails of both sides balance", () => {
    const law = severity({
      law: "mixture",
      weights: [1, 1],
      components: [
        { law: "lognormal", meanlog: 0, sdlog: 1 },
        { law: "lognormal", meanlog: 30, sdlog: 1 },
      ],
    });
    // Symmetric in log x around 15, where either tail is 4e-51.
    expect(relativeError(law.quantile(0.5, "lower"), 3269017.3724721107)).toBeLessThan(1e-14);
    expect(relativeError(law.quantile(0.5, "upper"), 3269017.3724721107)).toBeLessThan(1e-14);
  });

  test("components of hugely different scale and laws that can be negative", () => {
    const scales = [1e-250, 1e-3, 1e200];
    const law = severity({
      law: "mixture",
      weights: [1, 1, 1],
      components: scales.map((scale) => ({ law: "exponential" as const, scale })),
    });
    for (const p of [1e-50, 1e-9, 0.2, 0.5, 0.8, 1 - 1e-9]) {
      const x = law.quantile(p, "lower");
      expect(relativeError(law.cdf(x), p), `p = ${p}, x = ${x}`).toBeLessThan(1e-14);
    }
    const twoSided = severity({
      law: "mixture",
      weights: [1, 2],
      components: [
        { law: "normal", mean: -3, sd: 1 },
        { law: "normal", mean: 2, sd: 0.5 },
      ],
    });
    for (const p of [1e-300, 1e-9, 0.2, 1 / 3, 0.5, 0.8]) {
      expect(relativeError(twoSided.cdf(twoSided.quantile(p, "lower")), p)).toBeLessThan(1e-13);
    }
    expect([twoSided.lower, twoSided.upper]).toEqual([-Infinity, Infinity]);
  });

  test("moments that diverge or are undefined", () => {
    const mixture = (...components: SeveritySpec[]) => severity({ law: "mixture", weights: [1, 1], components });
    expect([mixture(pareto(3), pareto(1)).mean, mixture(pareto(3), pareto(1)).variance]).toEqual([Infinity, Infinity]);
    expect([mixture(pareto(3), student(1)).mean, mixture(pareto(3), student(1)).variance]).toEqual([NaN, NaN]);
    const light = severity({ law: "mixture", weights: [1, 0], components: [pareto(3), pareto(1)] });
    expect([light.mean, light.variance]).toEqual([5, 75]);
  });
});

describe("truncated", () => {
  test("moments that diverge or are undefined", () => {
    const moments = ({ mean, variance }: { mean: number; variance: number }) => [mean, variance];
    expect(moments(truncated(pareto(1), 5))).toEqual([Infinity, Infinity]);
    expect(truncated(pareto(2), 5).variance).toBe(Infinity);
    expect(truncated(pareto(2), 5).mean).toBeCloseTo(5 + 15, 12);
    expect(moments(truncated(student(1), 0))).toEqual([Infinity, Infinity]);
    expect(moments(truncated(student(1), undefined, 0))).toEqual([-Infinity, Infinity]);
    const both = truncated(student(1), -1, 1);
    expect(both.mean).toBeCloseTo(0, 14);
    // The integral of x² / (1 + x²) over [−1, 1], divided by that of 1 / (1 + x²).
    expect(both.variance).toBeCloseTo((2 - Math.PI / 2) / (Math.PI / 2), 12);
    const mixed = { law: "mixture", weights: [1, 1], components: [student(1), { law: "constant", value: 3 }] } as const;
    expect(moments(severity({ ...mixed, components: [...mixed.components], weights: [1, 1] }))).toEqual([NaN, NaN]);
  });

  test("a law that is negative, above an upper bound far in its lower tail", () => {
    const law = truncated({ law: "normal", mean: 0, sd: 1 }, undefined, -20);
    // Mirror image of the upper tail: the mean is the hazard rate, which Mills' ratio gives by its asymptotic series.
    const z = 20;
    const mills = (1 - z ** -2 + 3 * z ** -4 - 15 * z ** -6 + 105 * z ** -8 - 945 * z ** -10 + 10395 * z ** -12) / z;
    expect(law.mean).toBeCloseTo(-1 / mills, 11);
    expect(law.variance).toBeCloseTo(1 + z / mills - mills ** -2, 7);
    expect(law.quantile(0.5, "lower")).toBeLessThan(-20);
    expect(law.limitedExpectedValue(-20.05)).toBeLessThan(-20.05);
    expect(law.limitedExpectedValue(-20)).toBe(law.mean);
  });

  test("a variance that is nearly infinite", () => {
    // Pareto above a bound is Pareto of scale 10 + 90: variance shape · scale² / ((shape − 1)² (shape − 2)).
    for (const shape of [2.5, 2.05, 2.001]) {
      const wanted = (shape * 100 ** 2) / ((shape - 1) ** 2 * (shape - 2));
      expect(relativeError(truncated(pareto(shape), 90).variance, wanted), `shape ${shape}`).toBeLessThan(1e-12);
    }
  });

  test("quantiles just above a bound of 0 that cuts a smooth law", () => {
    const law = truncated({ law: "normal", mean: 1000, sd: 150 }, 0);
    for (const p of [1e-300, 1e-30, 2 ** -54, 1e-14, 1e-13, 1e-12]) {
      const x = law.quantile(p, "lower");
      expect(relativeError(law.cdf(x), p), `p = ${p}`).toBeLessThan(1e-13);
    }
  });

  test("quantiles just above a bound of 0 where the law is not smooth there", () => {
    const uniforms = (max: number): SeveritySpec => ({
      law: "mixture",
      weights: [1, 1e-12],
      components: [
        { law: "uniform", min: -1, max: 0 },
        { law: "uniform", min: 0, max },
      ],
    });
    const law = truncated(uniforms(1), 0);
    for (const p of [1e-20, 0.2, 0.5]) expect(Math.abs(law.quantile(p, "lower") - p)).toBeLessThan(1e-3);
  });

  test("nested truncation is one truncation", () => {
    const of: SeveritySpec = { law: "lognormal", meanlog: 0, sdlog: 1 };
    const once = truncated(of, 0.5, 3);
    const nested = truncated({ law: "truncated", of, lower: 0.5, upper: 7 }, 0.1, 3);
    for (const p of [1e-9, 0.1, 0.5, 0.9]) {
      expect(relativeError(nested.quantile(p, "lower"), once.quantile(p, "lower"))).toBeLessThan(1e-14);
    }
    expect(relativeError(nested.mean, once.mean)).toBeLessThan(1e-14);
    expect(relativeError(nested.variance, once.variance)).toBeLessThan(1e-12);
    expect([nested.lower, nested.upper]).toEqual([0.5, 3]);
  });

  test("a kink of the density inside", () => {
    const law = truncated({ law: "triangular", min: 0, mode: 1, max: 2 }, 0.5, 1.5);
    // Density (1 − |x − 1|) / 0.75: the second central moment is 2 (1/8 / 3 − 1/16 / 4) / 0.75.
    expect(law.mean).toBeCloseTo(1, 14);
    expect(law.variance).toBeCloseTo((2 * (0.125 / 3 - 0.0625 / 4)) / 0.75, 13);
  });
});

describe("spliced", () => {
  const law = severity({
    law: "spliced",
    weights: [0.5, 0.3, 0, 0.2],
    components: [{ law: "uniform", min: 0, max: 5 }, pareto(2), pareto(1), { law: "exponential", scale: 10 }],
    breaks: [5, 20, 30],
  });

  test("each piece has its probability, and a piece of weight 0 is a gap", () => {
    expect(law.cdf(5)).toBe(0.5);
    expect(law.cdf(20)).toBeCloseTo(0.8, 15);
    expect(law.cdf(25)).toBeCloseTo(0.8, 15);
    expect(law.survival(30)).toBeCloseTo(0.2, 15);
    expect([law.density(25), law.density(2.5)]).toEqual([0, 0.1]);
    expect(law.quantile(0.5, "lower")).toBe(5);
    expect(law.quantile(0.2, "upper")).toBe(20);
    expect(law.quantile(0.19999999, "upper")).toBeGreaterThan(30);
    expect([law.lower, law.upper]).toEqual([0, Infinity]);
    expect(law.quantile(0.1, "upper")).toBeCloseTo(30 + 10 * Math.LN2, 12);
  });

  test("a last piece of weight 0 ends the law", () => {
    const ended = severity({ law: "spliced", weights: [1, 0], components: [pareto(2), pareto(1)], breaks: [5] });
    expect(ended.upper).toBe(5);
    expect([ended.cdf(7), ended.survival(7), ended.density(7)]).toEqual([1, 0, 0]);
    expect(ended.limitedExpectedValue(9)).toBe(ended.mean);
  });
});
