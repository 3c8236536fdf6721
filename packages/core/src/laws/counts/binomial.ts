import { binomialDensity } from "../../math/binomial-density.ts";
import { betaLower, betaUpper } from "../../math/incomplete-beta.ts";
import { probability } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount, wholeNumber } from "./define-count.ts";
import { certain } from "./numerics/certain.ts";
import { exactSum, over, pair } from "./numerics/pair.ts";
import { panjerMasses } from "./numerics/panjer-masses.ts";

/**
 * Binomial: P(N = k) = size! / (k! (size − k)!) · prob^k (1 − prob)^(size − k) for k = 0 … size; mean size · prob
 * (Klugman, Panjer & Willmot, Loss Models, B.2.1.4). Probabilities by Loader 2000, tails as incomplete beta functions:
 * P(N <= k) = I_(1 − prob)(size − k, k + 1). Relative errors are below 2e-14 up to a size of 1e15.
 */
export const binomial = defineCount(
  "binomial",
  { size: wholeNumber(), prob: probability() },
  ({ size, prob }) => (prob === 0 || prob === 1 ? certain(size * prob) : binomialBase(size, prob)),
  ({ size, prob }) => checkMean("size", size * prob),
);

/** The binomial law for a prob in (0, 1), for the laws that are made of it. */
export function binomialBase(size: number, prob: number): CountBase {
  const failure = 1 - prob;
  return {
    mean: size * prob,
    variance: size * prob * failure,
    largest: size,
    isTabulated: false,
    probability: (k) => binomialDensity(k, size - k, prob, failure),
    cdf: (k) => betaLower(size - k, k + 1, failure, prob),
    survival: (k) => betaUpper(size - k, k + 1, failure, prob),
    masses: (rest) =>
      panjerMasses({ first: 0, odds: over(pair(prob), exactSum(1, -prob)), alpha: size, sigma: -1 }, rest),
  };
}
