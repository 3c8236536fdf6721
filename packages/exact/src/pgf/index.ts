import { type FrequencySpec, countLaw } from "@lossmill/core";
import { binomial } from "./binomial.ts";
import { delaporte } from "./delaporte.ts";
import { listed } from "./listed.ts";
import type { CountPgf } from "./log-pgf.ts";
import { logarithmic } from "./logarithmic.ts";
import { mixedPoisson } from "./mixed-poisson.ts";
import { negativeBinomial } from "./negative-binomial.ts";
import { neymanA } from "./neyman-a.ts";
import { poissonInverseGaussian } from "./poisson-inverse-gaussian.ts";
import { poisson } from "./poisson.ts";
import { zeroModified } from "./zero-modified.ts";

export type { CountPgf, LogPgf } from "./log-pgf.ts";

/** The probability generating function of a policy's number of claims. */
export function countPgf(spec: FrequencySpec): CountPgf {
  const { zeroInflated, zeroTruncated, zeroModified: zero, ...plain } = spec;
  const within = plainPgf(plain as FrequencySpec);
  if (zeroInflated !== undefined) return zeroModified(within, 1 - zeroInflated);
  const modified = zeroTruncated === true ? 0 : zero;
  if (modified === undefined) return within;
  return zeroModified(within, (1 - modified) / countLaw(plain as FrequencySpec).survival(0));
}

function plainPgf(spec: FrequencySpec): CountPgf {
  switch (spec.law) {
    case "poisson":
      return poisson(spec.lambda);
    case "negativeBinomial":
      return negativeBinomial(spec.size, spec.prob);
    case "geometric":
      return negativeBinomial(1, spec.prob);
    case "binomial":
      return binomial(spec.size, spec.prob);
    case "fixed":
      return binomial(spec.n, 1);
    case "logarithmic":
      return logarithmic(spec.prob);
    case "poissonInverseGaussian":
      return poissonInverseGaussian(spec.mean, spec.dispersion);
    case "delaporte":
      return delaporte(spec.lambda, spec.size, spec.prob);
    case "neymanA":
      return neymanA(spec.lambda, spec.phi);
    case "mixedPoisson":
      return mixedPoisson(spec.weights, spec.lambdas);
    case "betaBinomial":
      return listed(countLaw(spec), true);
    case "empirical":
      return listed(countLaw(spec), false);
  }
}
