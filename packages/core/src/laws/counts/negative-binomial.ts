import { binomialDensity } from "../../math/binomial-density.ts";
import { betaLower, betaUpper } from "../../math/incomplete-beta.ts";
import { positive } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount, successProbability } from "./define-count.ts";
import { exactSum, pair } from "./numerics/pair.ts";
import { panjerMasses } from "./numerics/panjer-masses.ts";

/**
 * Negative binomial: P(N = k) = Γ(k + size) / (Γ(size) k!) · prob^size (1 − prob)^k; mean size (1 − prob) / prob,
 * variance mean / prob (R's dnbinom; Klugman, Panjer & Willmot, Loss Models, B.2.1.3, with beta = (1 − prob) / prob).
 * Probabilities by Loader 2000, tails as incomplete beta functions: P(N <= k) = I_prob(size, k + 1). Relative errors
 * are below 3e-14; for a size below 1e-6 that of the upper tail grows to about 1e-18 / size.
 */
export const negativeBinomial = defineCount(
  "negativeBinomial",
  { size: positive().max(1e15), prob: successProbability() },
  ({ size, prob }) => negativeBinomialBase(size, prob),
  ({ size, prob }) => checkMean("size", (size * (1 - prob)) / prob),
);

/**
 * The negative binomial law, for the laws that are made of it. Where prob is so near 1 that 1 − prob would lose its
 * digits, as in a law thinned to rare claims, the caller passes it.
 */
export function negativeBinomialBase(size: number, prob: number, complement?: number): CountBase {
  const failure = complement ?? 1 - prob;
  const odds = complement === undefined ? exactSum(1, -prob) : pair(complement);
  const mean = (size * failure) / prob;
  return {
    mean,
    variance: mean / prob,
    largest: failure === 0 ? 0 : Infinity,
    isTabulated: false,
    probability: (k) => (size / (size + k)) * binomialDensity(size, k, prob, failure),
    cdf: (k) => betaLower(size, k + 1, prob, failure),
    survival: (k) => betaUpper(size, k + 1, prob, failure),
    masses: (rest) => panjerMasses({ first: 0, odds, alpha: size, sigma: 1 }, rest),
  };
}
