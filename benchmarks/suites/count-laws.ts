import type { FrequencySpec } from "@lossmill/core";
import { LAMBDA, type Suite, type SuiteSize, policiesOf } from "./suite.ts";

/** Every count law with 0.2 claims a policy and year, or about 1 where it has no fewer, and a law with each modifier of zero. */
const LAWS: Readonly<Record<FrequencySpec["law"], FrequencySpec>> & Readonly<Record<string, FrequencySpec>> = {
  poisson: { law: "poisson", lambda: LAMBDA },
  negativeBinomial: { law: "negativeBinomial", size: 0.5, prob: 0.5 / (0.5 + LAMBDA) },
  binomial: { law: "binomial", size: 2, prob: LAMBDA / 2 },
  geometric: { law: "geometric", prob: 1 / (1 + LAMBDA) },
  logarithmic: { law: "logarithmic", prob: 0.2 },
  poissonInverseGaussian: { law: "poissonInverseGaussian", mean: LAMBDA, dispersion: 1 },
  delaporte: { law: "delaporte", lambda: LAMBDA / 2, size: 0.5, prob: 0.5 / (0.5 + LAMBDA / 2) },
  neymanA: { law: "neymanA", lambda: LAMBDA / 2, phi: 2 },
  betaBinomial: { law: "betaBinomial", size: 2, shape1: 1, shape2: 9 },
  mixedPoisson: { law: "mixedPoisson", weights: [0.5, 0.5], lambdas: [LAMBDA / 2, 1.5 * LAMBDA] },
  fixed: { law: "fixed", n: 1 },
  empirical: { law: "empirical", probabilities: [0.85, 0.1, 0.05] },
  "poisson, zeroInflated": { law: "poisson", lambda: 2 * LAMBDA, zeroInflated: 0.5 },
  "poisson, zeroTruncated": { law: "poisson", lambda: LAMBDA, zeroTruncated: true },
  "poisson, zeroModified": { law: "poisson", lambda: LAMBDA, zeroModified: 0.82 },
};

/** These have a claim every year: a fifth of the policies, for as many claims. */
const ALWAYS_CLAIM = ["logarithmic", "fixed", "poisson, zeroTruncated"];

export function countLaws({ trials }: SuiteSize): Suite {
  return {
    name: "count-laws",
    title: "100 policies of one count law (20 where each year has a claim), lognormal, no terms",
    reference: "poisson",
    leftOut: [],
    cases: Object.entries(LAWS).map(([name, frequency]) => ({
      name,
      trials,
      policies: policiesOf(ALWAYS_CLAIM.includes(name) ? 100 * LAMBDA : 100, (factor) => {
        return { frequency, severity: { law: "lognormal", meanlog: 8 + Math.log(factor), sdlog: 1.2 } };
      }),
    })),
  };
}
