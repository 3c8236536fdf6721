import type { SeveritySpec } from "@lossmill/core";
import { describe, expect, test } from "vitest";

import { quantileOf } from "../../src/quantiles/index.ts";

// One of each law, with parameters that give everything a chance to matter.
const laws: SeveritySpec[] = [
  { law: "lognormal", meanlog: 8, sdlog: 1.3 },
  { law: "exponential", scale: 250 },
  { law: "gamma", shape: 0.4, scale: 30 },
  { law: "gamma", shape: 40, scale: 2 },
  { law: "inverseGamma", shape: 2.5, scale: 90 },
  { law: "weibull", shape: 0.7, scale: 12 },
  { law: "inverseWeibull", shape: 1.8, scale: 5 },
  { law: "pareto", shape: 1.4, scale: 2000 },
  { law: "singleParameterPareto", shape: 2.2, min: 50 },
  { law: "generalizedPareto", shape: 0.25, scale: 10, location: 3 },
  { law: "generalizedPareto", shape: -0.4, scale: 10, location: 3 },
  { law: "generalizedPareto", shape: 0, scale: 10, location: 3 },
  { law: "burr", shape1: 1.2, shape2: 2.5, scale: 7 },
  { law: "inverseBurr", shape1: 0.8, shape2: 3, scale: 7 },
  { law: "loglogistic", shape: 2, scale: 40 },
  { law: "paralogistic", shape: 1.5, scale: 40 },
  { law: "inverseGaussian", mean: 20, shape: 3 },
  { law: "inverseGaussian", mean: 20, shape: 900 },
  { law: "beta", shape1: 0.6, shape2: 3, scale: 100 },
  { law: "beta", shape1: 12, shape2: 5, scale: 100 },
  { law: "triangular", min: 2, mode: 3, max: 9 },
  { law: "uniform", min: 2, max: 9 },
  { law: "normal", mean: 500, sd: 20 },
  { law: "student", df: 3, location: 500, scale: 20 },
  { law: "histogram", edges: [1, 2, 5, 6, 20], weights: [3, 0, 5, 2] },
  {
    law: "mixture",
    weights: [2, 0, 1],
    components: [
      { law: "exponential", scale: 3 },
      { law: "constant", value: 1 },
      { law: "pareto", shape: 2, scale: 50 },
    ],
  },
  { law: "truncated", of: { law: "lognormal", meanlog: 8, sdlog: 1.3 }, lower: 1000, upper: 50000 },
  {
    law: "spliced",
    weights: [6, 0, 4],
    components: [
      { law: "exponential", scale: 3 },
      { law: "constant", value: 0 },
      { law: "pareto", shape: 2, scale: 50 },
    ],
    breaks: [2, 4],
  },
];
const named = laws.map((of) => ({ name: JSON.stringify(of), of }));
const probabilities = [1e-12, 1e-6, 0.001, 0.02, 0.1, 0.3, 0.44, 0.5];

// The quantile at a probability that was rounded on the way: its relative condition number is at most 1e3 here.
const TOLERANCE = 1e-12;
const expectClose = (x: number, truth: number): void => {
  expect(Math.abs(x - truth) / Math.abs(truth)).toBeLessThanOrEqual(TOLERANCE);
};

describe("a truncated law reads the tails of the law that it cuts", () => {
  test.each(named)("$name", ({ of }) => {
    const quantile = quantileOf(of);
    for (const share of [0.25, 0.01]) {
      const cut = quantileOf({ law: "truncated", of, lower: quantile(share, false), upper: quantile(share / 2, true) });
      const mass = 1 - 1.5 * share;
      for (const p of [0.001, 0.2, 0.5, 0.8, 0.999]) {
        expectClose(cut(p, false), quantile(share + p * mass, false));
        expectClose(cut(p, true), quantile(share / 2 + p * mass, true));
      }
    }
  });
});

describe("a mixture of a law with itself is that law", () => {
  test.each(named)("$name", ({ of }) => {
    const quantile = quantileOf(of);
    // The third component lies above nearly everything, so that the root is not at either end of its bracket.
    const high: SeveritySpec = { law: "truncated", of, lower: quantile(1e-9, true) };
    const mixed = quantileOf({ law: "mixture", weights: [0.5, 0.25, 0.25], components: [of, of, high] });
    for (const p of probabilities) {
      expectClose(mixed(p, false), quantile(p / 0.75, false));
    }
  });
});
