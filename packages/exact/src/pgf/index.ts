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
  const within = plainPgf(plain);
  if (zeroInflated !== undefined) return zeroModified(within, 1 - zeroInflated);
  const modified = zeroTruncated === true ? 0 : zero;
  if (modified === undefined) return within;
  return zeroModified(within, (1 - modified) / countLaw(plain).survival(0));
}

/** By law, for a specification of that law. */
const pgfs: { [Law in FrequencySpec["law"]]: (spec: Extract<FrequencySpec, { law: Law }>) => CountPgf } = {
  poisson: ({ lambda }) => poisson(lambda),
  negativeBinomial: ({ size, prob }) => negativeBinomial(size, prob),
  geometric: ({ prob }) => negativeBinomial(1, prob),
  binomial: ({ size, prob }) => binomial(size, prob),
  fixed: ({ n }) => binomial(n, 1),
  logarithmic: ({ prob }) => logarithmic(prob),
  poissonInverseGaussian: ({ mean, dispersion }) => poissonInverseGaussian(mean, dispersion),
  delaporte: ({ lambda, size, prob }) => delaporte(lambda, size, prob),
  neymanA: ({ lambda, phi }) => neymanA(lambda, phi),
  mixedPoisson: ({ weights, lambdas }) => mixedPoisson(weights, lambdas),
  betaBinomial: (spec) => listed(countLaw(spec), true),
  empirical: (spec) => listed(countLaw(spec), false),
};

function plainPgf(spec: FrequencySpec): CountPgf {
  const make: (spec: never) => CountPgf = pgfs[spec.law];
  return make(spec as never);
}
