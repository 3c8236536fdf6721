import { expm1, expPair } from "../../math/exp.ts";
import { productError } from "../../math/rounding-error.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount, successProbability } from "./define-count.ts";
import { certain } from "./numerics/certain.ts";
import { logComplement } from "./numerics/log-complement.ts";
import { exactSum } from "./numerics/pair.ts";
import { panjerMasses } from "./numerics/panjer-masses.ts";

/**
 * Geometric from 0: P(N = k) = prob (1 − prob)^k; mean (1 − prob) / prob, variance mean / prob (R's dgeom; Klugman,
 * Panjer & Willmot, Loss Models, B.2.1.2, with beta = (1 − prob) / prob). P(N > k) = (1 − prob)^(k + 1), with the
 * logarithm of 1 − prob in two doubles. Breaks nowhere.
 */
export const geometric = defineCount(
  "geometric",
  { prob: successProbability() },
  ({ prob }) => (prob === 1 ? certain(0) : geometricBase(prob)),
  ({ prob }) => checkMean("prob", (1 - prob) / prob),
);

function geometricBase(prob: number): CountBase {
  const { high, low } = logComplement(prob);
  const mean = (1 - prob) / prob;
  /** (1 − prob)^k. */
  const failures = (k: number) => {
    const exponent = k * high;
    return expPair(exponent, productError(k, high, exponent) + k * low);
  };
  return {
    mean,
    variance: mean / prob,
    largest: Infinity,
    isTabulated: false,
    probability: (k) => prob * failures(k),
    cdf: (k) => {
      const exponent = (k + 1) * high;
      return -expm1(exponent) - failures(k + 1) * (productError(k + 1, high, exponent) + (k + 1) * low);
    },
    survival: (k) => failures(k + 1),
    masses: (rest) => panjerMasses({ first: 0, odds: exactSum(1, -prob), alpha: 1, sigma: 1 }, rest),
  };
}
