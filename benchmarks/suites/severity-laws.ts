import type { SeveritySpec } from "@lossmill/core";
import { LAMBDA, type Suite, type SuiteSize, policiesOf } from "./suite.ts";

/** Every severity law, of some thousands and with a finite variance, which the check of the mean needs; amounts times `f`. */
const LAWS: Readonly<Record<SeveritySpec["law"], (f: number) => SeveritySpec>> = {
  lognormal: (f) => ({ law: "lognormal", meanlog: 8 + Math.log(f), sdlog: 1.2 }),
  exponential: (f) => ({ law: "exponential", scale: 5000 * f }),
  gamma: (f) => ({ law: "gamma", shape: 2.5, scale: 2000 * f }),
  inverseGamma: (f) => ({ law: "inverseGamma", shape: 3.5, scale: 12_500 * f }),
  weibull: (f) => ({ law: "weibull", shape: 0.8, scale: 4500 * f }),
  inverseWeibull: (f) => ({ law: "inverseWeibull", shape: 3.5, scale: 4000 * f }),
  pareto: (f) => ({ law: "pareto", shape: 3.5, scale: 12_500 * f }),
  singleParameterPareto: (f) => ({ law: "singleParameterPareto", shape: 3.5, min: 3500 * f }),
  generalizedPareto: (f) => ({ law: "generalizedPareto", shape: 0.25, scale: 3000 * f, location: 1000 * f }),
  burr: (f) => ({ law: "burr", shape1: 2, shape2: 2, scale: 6000 * f }),
  inverseBurr: (f) => ({ law: "inverseBurr", shape1: 0.8, shape2: 3.5, scale: 4000 * f }),
  loglogistic: (f) => ({ law: "loglogistic", shape: 3.5, scale: 4000 * f }),
  paralogistic: (f) => ({ law: "paralogistic", shape: 2, scale: 6000 * f }),
  inverseGaussian: (f) => ({ law: "inverseGaussian", mean: 5000 * f, shape: 8000 * f }),
  beta: (f) => ({ law: "beta", shape1: 1.5, shape2: 4, scale: 20_000 * f }),
  triangular: (f) => ({ law: "triangular", min: 1000 * f, mode: 3000 * f, max: 12_000 * f }),
  uniform: (f) => ({ law: "uniform", min: 1000 * f, max: 9000 * f }),
  normal: (f) => fromZero({ law: "normal", mean: 5000 * f, sd: 1500 * f }),
  student: (f) => fromZero({ law: "student", df: 4, location: 5000 * f, scale: 1500 * f }),
  constant: (f) => ({ law: "constant", value: 5000 * f }),
  empirical: (f) => ({ law: "empirical", values: [1000 * f, 2000 * f, 5000 * f, 20_000 * f], weights: [4, 3, 2, 1] }),
  histogram: (f) => ({
    law: "histogram",
    edges: [0, 1000 * f, 5000 * f, 20_000 * f, 50_000 * f],
    weights: [3, 4, 2, 1],
  }),
  mixture: (f) => ({ law: "mixture", weights: [0.8, 0.2], components: [lognormal(f), pareto(f)] }),
  truncated: (f) => ({ law: "truncated", of: lognormal(f), lower: 500, upper: 200_000 }),
  spliced: (f) => ({ law: "spliced", weights: [0.8, 0.2], components: [lognormal(f), pareto(f)], breaks: [10_000] }),
};

const { lognormal, pareto } = LAWS;

/** A law that can be negative is no claim's. */
function fromZero(of: SeveritySpec): SeveritySpec {
  return { law: "truncated", of, lower: 0 };
}

export function severityLaws({ trials }: SuiteSize): Suite {
  const frequency = { law: "poisson", lambda: LAMBDA } as const;
  return {
    name: "severity-laws",
    title: "100 policies of one severity law, Poisson, no terms",
    reference: "lognormal",
    leftOut: [],
    cases: Object.entries(LAWS).map(([name, law]) => {
      return { name, trials, policies: policiesOf(100, (factor) => ({ frequency, severity: law(factor) })) };
    }),
  };
}
