import { describe, expect, test } from "vitest";
import type { Severity } from "../../src/laws/law.ts";
import { type SeveritySpec, severity } from "../../src/laws/severities/index.ts";

// The laws without reference values, each checked against another law or a closed form, said in its test's name.

const PROBABILITIES = [1e-300, 1e-15, 1e-6, 0.01, 0.3, 0.5];

function expectEqual(found: number, expected: number, tolerance = 1e-13): void {
  if (Object.is(found, expected) || found === expected) return;
  expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);
}

/** Both laws answer everything alike, at quantiles of the second and beyond its ends. */
function expectSameLaw(found: Severity, expected: Severity, tolerance = 1e-12): void {
  expectEqual(found.mean, expected.mean, tolerance);
  expectEqual(found.variance, expected.variance, tolerance);
  for (const tail of ["lower", "upper"] as const) {
    for (const p of PROBABILITIES) {
      const x = expected.quantile(p, tail);
      expectEqual(found.quantile(p, tail), x, tolerance);
      if (!(x > 1e-290 && x < 1e290)) continue;
      expectEqual(found.density(x), expected.density(x), tolerance);
      expectEqual(found.cdf(x), expected.cdf(x), tolerance);
      expectEqual(found.survival(x), expected.survival(x), tolerance);
      expectEqual(found.limitedExpectedValue(x), expected.limitedExpectedValue(x), tolerance);
    }
  }
}

describe("identities", () => {
  test("paralogistic is burr of equal shapes", () => {
    const paralogistic = severity({ law: "paralogistic", shape: 2.3, scale: 700 });
    expectSameLaw(paralogistic, severity({ law: "burr", shape1: 2.3, shape2: 2.3, scale: 700 }));
    expect(paralogistic.tailIndex).toBeCloseTo(2.3 ** 2, 12);
  });

  test("inverse Weibull is the reciprocal of a Weibull", () => {
    const inverse = severity({ law: "inverseWeibull", shape: 2.7, scale: 50 });
    const weibull = severity({ law: "weibull", shape: 2.7, scale: 1 / 50 });
    for (const p of PROBABILITIES) {
      expectEqual(inverse.quantile(p, "lower"), 1 / weibull.quantile(p, "upper"), 1e-12);
      expectEqual(inverse.quantile(p, "upper"), 1 / weibull.quantile(p, "lower"), 1e-12);
      const x = inverse.quantile(p, "upper");
      if (x > 1e100) continue;
      expectEqual(inverse.survival(x), p, 1e-12);
      expectEqual(inverse.density(x), weibull.density(1 / x) / (x * x), 1e-12);
    }
    // E[X] = scale · Γ(1 − 1/shape): Γ(1/2) = √π at shape 2.
    expectEqual(severity({ law: "inverseWeibull", shape: 2, scale: 50 }).mean, 50 * Math.sqrt(Math.PI));
    expectEqual(inverse.limitedExpectedValue(1e9), inverse.mean, 1e-9);
  });

  test("a shape of 1: Weibull and gamma are exponential, generalized Pareto of shape 0 too", () => {
    const exponential = severity({ law: "exponential", scale: 300 });
    expectSameLaw(severity({ law: "weibull", shape: 1, scale: 300 }), exponential);
    expectSameLaw(severity({ law: "gamma", shape: 1, scale: 300 }), exponential);
    expectSameLaw(severity({ law: "generalizedPareto", shape: 0, scale: 300, location: 0 }), exponential);
  });

  test("generalized Pareto of positive shape is Pareto", () => {
    const shifted = severity({ law: "generalizedPareto", shape: 0.25, scale: 500, location: 0 });
    expectSameLaw(shifted, severity({ law: "pareto", shape: 4, scale: 2000 }));
  });

  test("beta(1, 1) and a triangle's two halves are what they look like", () => {
    const uniform = severity({ law: "uniform", min: 0, max: 9 });
    expectSameLaw(severity({ law: "beta", shape1: 1, shape2: 1, scale: 9 }), uniform);
    expectSameLaw(severity({ law: "histogram", edges: [0, 3, 9], weights: [1, 2] }), uniform);
  });

  test("a mixture of one, a truncation that cuts nothing, a splice of one law at its own median", () => {
    const of = { law: "lognormal", meanlog: 2, sdlog: 1.5 } as const;
    const plain = severity(of);
    expectSameLaw(severity({ law: "mixture", weights: [3], components: [of] }), plain);
    expectSameLaw(severity({ law: "truncated", of, lower: 0 }), plain);
    const median = Math.exp(2);
    expectSameLaw(severity({ law: "spliced", weights: [1, 1], components: [of, of], breaks: [median] }), plain, 1e-11);
  });

  test("an exponential above a threshold is a shifted exponential", () => {
    const above = severity({ law: "truncated", of: { law: "exponential", scale: 300 }, lower: 5000 });
    for (const p of PROBABILITIES.slice(1)) {
      const x = 5000 + severity({ law: "exponential", scale: 300 }).quantile(p, "upper");
      expectEqual(above.quantile(p, "upper"), x, 1e-12);
      expectEqual(above.survival(x), p, 1e-11);
    }
    expectEqual(above.mean, 5300, 1e-12);
    expectEqual(above.variance, 90_000, 1e-10);
    expectEqual(above.limitedExpectedValue(5300), 5000 + 300 * (1 - Math.exp(-1)), 1e-12);
  });
});

describe("laws with atoms", () => {
  test("constant", () => {
    const law = severity({ law: "constant", value: 7 });
    expect([law.mean, law.variance, law.lower, law.upper, law.tailIndex]).toEqual([7, 0, 7, 7, Infinity]);
    expect([6.9, 7, 7.1].map((x) => [law.cdf(x), law.survival(x), law.density(x)])).toEqual([
      [0, 1, 0],
      [1, 0, 1],
      [1, 0, 0],
    ]);
    for (const tail of ["lower", "upper"] as const) expect(law.quantile(0.3, tail)).toBe(7);
    expect([law.limitedExpectedValue(3), law.limitedExpectedValue(9)]).toEqual([3, 7]);
  });

  test("empirical: unsorted values, equal values, weights that need not add up to 1", () => {
    const law = severity({ law: "empirical", values: [50, 10, 10, 20], weights: [1, 1, 1, 5] });
    expect(law.mean).toBeCloseTo((50 + 20 + 100) / 8, 12);
    expect(law.variance).toBeCloseTo((2500 + 200 + 2000) / 8 - 21.25 ** 2, 10);
    expect([9, 10, 19, 20, 50].map((x) => law.cdf(x))).toEqual([0, 0.25, 0.25, 0.875, 1]);
    expect([0.25, 0.26, 0.875, 0.9].map((p) => law.quantile(p, "lower"))).toEqual([10, 20, 20, 50]);
    expect([0.125, 0.12, 0.75, 0.8].map((p) => law.quantile(p, "upper"))).toEqual([20, 50, 10, 10]);
    expect(law.density(10)).toBe(0.25);
    expect(law.limitedExpectedValue(15)).toBeCloseTo(0.25 * 10 + 0.75 * 15, 12);
    expect(severity({ law: "empirical", values: [1, 3] }).mean).toBe(2);
  });

  test("histogram: uniform between edges, empty bins left out", () => {
    const law = severity({ law: "histogram", edges: [0, 10, 20, 100], weights: [1, 0, 3] });
    expect(law.mean).toBeCloseTo(0.25 * 5 + 0.75 * 60, 12);
    expect(law.variance).toBeCloseTo(0.25 * (100 / 3) + 0.75 * (3600 + 6400 / 12) - 46.25 ** 2, 9);
    expect([5, 15, 60].map((x) => law.cdf(x))).toEqual([0.125, 0.25, 0.625]);
    expect([5, 15, 60].map((x) => law.density(x))).toEqual([0.025, 0, 0.009375]);
    expect(law.quantile(0.25, "lower")).toBeCloseTo(10, 12);
    expect(law.quantile(0.26, "lower")).toBeGreaterThan(20);
    expect(law.limitedExpectedValue(20)).toBeCloseTo(0.25 * 5 + 0.75 * 20, 12);
  });
});

describe("every law is one law: its answers fit together", () => {
  const specs: SeveritySpec[] = [
    { law: "lognormal", meanlog: 8, sdlog: 0.01 },
    { law: "gamma", shape: 5e4, scale: 2 },
    { law: "inverseGamma", shape: 3.3, scale: 1500 },
    { law: "weibull", shape: 80, scale: 900 },
    { law: "inverseWeibull", shape: 6, scale: 900 },
    { law: "singleParameterPareto", shape: 3, min: 1000 },
    { law: "generalizedPareto", shape: -0.3, scale: 500, location: 100 },
    { law: "burr", shape1: 2, shape2: 3, scale: 1000 },
    { law: "inverseBurr", shape1: 0.5, shape2: 4, scale: 1000 },
    { law: "loglogistic", shape: 4.5, scale: 500 },
    { law: "paralogistic", shape: 1.8, scale: 500 },
    { law: "inverseGaussian", mean: 1000, shape: 100 },
    { law: "beta", shape1: 0.3, shape2: 7, scale: 1e5 },
    { law: "triangular", min: 100, mode: 100, max: 1000 },
    { law: "triangular", min: 100, mode: 1000, max: 1000 },
    { law: "truncated", of: { law: "normal", mean: 100, sd: 150 }, lower: 0 },
    { law: "truncated", of: { law: "student", df: 3, location: 100, scale: 20 }, lower: 0, upper: 900 },
    { law: "truncated", of: { law: "pareto", shape: 1.1, scale: 50 }, upper: 1e6 },
    { law: "histogram", edges: [0, 10, 20, 100], weights: [1, 2, 3] },
    {
      law: "mixture",
      weights: [1, 0, 4],
      components: [
        { law: "uniform", min: 0, max: 1 },
        { law: "constant", value: 3 },
        { law: "uniform", min: 100, max: 101 },
      ],
    },
    {
      law: "spliced",
      weights: [0.7, 0.2, 0.1],
      breaks: [1000, 9000],
      components: [
        { law: "gamma", shape: 2, scale: 400 },
        { law: "lognormal", meanlog: 8, sdlog: 1 },
        { law: "pareto", shape: 3, scale: 4000 },
      ],
    },
  ];

  test.each(specs.map((spec) => [JSON.stringify(spec), spec] as const))("%s", (_, spec) => {
    const law = severity(spec);
    let before = -Infinity;
    for (const p of [1e-12, 1e-6, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999]) {
      const x = law.quantile(p, "lower");
      expect(x).toBeGreaterThanOrEqual(before);
      before = x;
      // What x's own last bit is worth: beside a location, a tiny p moves x by less than that.
      const lastBit = (at: number) => 2 ** -52 * at * Math.max(law.density(at), law.density(at * (1 - 1e-15)));
      expect(law.cdf(x)).toBeGreaterThanOrEqual(p * (1 - 1e-9) - lastBit(x));
      // Continuity may be missing at an atom or a gap only.
      if (law.density(x) > 0) expect(Math.abs(law.cdf(x) + law.survival(x) - 1)).toBeLessThan(1e-14);
      const upper = law.quantile(p, "upper");
      expect(law.survival(upper)).toBeLessThanOrEqual(p * (1 + 1e-9) + lastBit(upper));
    }
    expect([law.quantile(0, "lower"), law.quantile(0, "upper")]).toEqual([law.lower, law.upper]);
    expect([law.quantile(1, "upper"), law.quantile(1, "lower")]).toEqual([law.lower, law.upper]);
    expect(law.cdf(law.lower - 1)).toBe(0);
    expect(law.survival(law.lower - 1)).toBe(1);
    // E[min(X, d)] rises to the mean, with slope P(X > d).
    const [d, h] = [law.quantile(0.4, "lower"), 1e-4 * law.quantile(0.4, "lower")];
    const slope = (law.limitedExpectedValue(d + h) - law.limitedExpectedValue(d - h)) / (2 * h);
    expect(slope).toBeLessThanOrEqual(law.survival(d - h) + 1e-6);
    expect(slope).toBeGreaterThanOrEqual(law.survival(d + h) - 1e-6);
    if (law.upper < Infinity) expectEqual(law.limitedExpectedValue(law.upper), law.mean, 1e-12);
    expect(law.limitedExpectedValue(d)).toBeLessThanOrEqual(law.mean);
    expect(law.variance).toBeGreaterThanOrEqual(0);
  });
});
