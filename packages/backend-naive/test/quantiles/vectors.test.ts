import { readFileSync } from "node:fs";

import type { SeveritySpec } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";

import { quantileOf } from "../../src/quantiles/index.ts";

type Encoded = number | string;
type Parameters = Record<string, number>;
interface Truncation {
  base: Reference;
  lower: number;
  upper: number | null;
}
interface Mixing {
  weights: number[];
  components: Reference[];
}
interface Reference {
  law: string;
  params: object;
}
interface Case extends Reference {
  ppf: Encoded[];
  deepTails: [number, Encoded, Encoded][];
}

const file = new URL("../../../../fixtures/vectors/quantiles.json", import.meta.url);
const { u, cases } = JSON.parse(readFileSync(file, "utf8")) as { u: number[]; cases: Case[] };

/** The reference file's law names and parameters in Lossmill's (fixtures/vectors/README.md). */
function specOf({ law, params }: Reference): SeveritySpec {
  const p = params as Parameters;
  switch (law) {
    case "lognormal":
      return { law, meanlog: p.mu, sdlog: p.sigma };
    case "exponential":
      return { law, scale: p.scale };
    case "gamma":
    case "inverseGamma":
    case "weibull":
      return { law, shape: p.shape, scale: p.scale };
    case "pareto":
      return { law, shape: p.alpha, scale: p.theta };
    case "singleParameterPareto":
      return { law, shape: p.alpha, min: p.theta };
    case "generalizedPareto":
      return { law, shape: p.xi, scale: p.beta, location: p.mu };
    case "burr":
      return { law, shape1: p.alpha, shape2: p.gamma, scale: p.theta };
    case "inverseBurr":
      return { law, shape1: p.tau, shape2: p.gamma, scale: p.theta };
    case "loglogistic":
      return { law, shape: p.gamma, scale: p.theta };
    case "inverseGaussian":
      return { law, mean: p.mu, shape: p.lambda };
    case "beta":
      return { law, shape1: p.a, shape2: p.b, scale: p.theta };
    case "triangular":
      return { law, min: p.min, mode: p.mode, max: p.max };
    case "uniform":
      return { law, min: p.min, max: p.max };
    case "normal":
      return { law, mean: p.mu, sd: p.sigma };
    case "studentT":
      return { law: "student", df: p.df, location: p.loc, scale: p.scale };
    case "truncated": {
      const { base, lower, upper } = params as Truncation;
      return { law, of: specOf(base), lower, ...(upper === null ? {} : { upper }) };
    }
    case "mixture": {
      const { weights, components } = params as Mixing;
      return { law, weights, components: components.map(specOf) };
    }
    default:
      throw new Error(`the reference file has a law that this test does not know: ${law}`);
  }
}

/** Equal values (also infinities and zeros) are 0 apart. */
const relative = (x: number, truth: number): number =>
  Object.is(x, truth) || x === truth ? 0 : Math.abs(x / truth - 1);

const worst = new Map<string, number>();

afterAll(() => {
  const rows = [...worst].map(([law, error]) => `${law} ${error.toExponential(1)}`);
  console.log(`worst relative error of a quantile: ${rows.join(", ")}`);
});

// A hundredth of what backends promise to agree to (1e-10). The relative condition number of x in u needs no allowance:
// 1 − u is exact where u is near 1, and no case has its zero close to a u of the grid.
const TOLERANCE = 1e-12;

describe("quantiles of the reference file", () => {
  test.each(cases.map((one) => ({ name: `${one.law} ${JSON.stringify(one.params)}`, one })))("$name", ({ one }) => {
    const quantile = quantileOf(specOf(one));
    const check = (p: number, upper: boolean, truth: number): void => {
      const error = relative(quantile(p, upper), truth);
      worst.set(one.law, Math.max(worst.get(one.law) ?? 0, error));
      expect(error, `${upper ? "upper" : "lower"} ${p}`).toBeLessThanOrEqual(TOLERANCE);
    };
    u.forEach((p, i) => {
      const truth = Number(one.ppf[i]);
      check(p, false, truth);
      if (p >= 0.5) check(1 - p, true, truth);
    });
    for (const [q, lower, upper] of one.deepTails) {
      check(q, false, Number(lower));
      check(q, true, Number(upper));
    }
  });
});
