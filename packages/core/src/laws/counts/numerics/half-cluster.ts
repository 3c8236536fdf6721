import { binomialDensity } from "../../../math/binomial-density.ts";
import { betaUpper } from "../../../math/incomplete-beta.ts";
import type { CountBase } from "../count-base.ts";
import { ONE, over, pair, plus } from "./pair.ts";
import { panjerMasses } from "./panjer-masses.ts";

/**
 * The cluster size of a Poisson–inverse Gaussian count: the extended truncated negative binomial law of r = −1/2, P(K = k)
 * ∝ Γ(k − 1/2) / k! · q^k for k >= 1 with q = s / (1 + s) (Klugman, Panjer & Willmot, Loss Models, 6.6.2 and 7.3.3).
 *
 * With b and t the probability and the upper tail of the negative binomial law of size 1/2 and prob 1 − q, P(K = k) ∝
 * b(k) / (2k − 1) and, summed by parts, P(K > k) ∝ q b(k) − (1 − q) t(k): of its digits, log10 of 2k / (1 + s) are lost.
 */
export function halfClusterBase(s: number): CountBase {
  const q = s / (1 + s);
  const failure = 1 / (1 + s);
  const root = Math.sqrt(1 + s);
  // √(1 + s) over what all unnormed masses add up to, 1 − 1 / √(1 + s).
  const scale = (1 + s) / (s / (root + 1));
  const mean = (root + 1) / 2;
  const half = (k: number) => (0.5 / (0.5 + k)) * binomialDensity(0.5, k, failure, q);
  const survival = (k: number) => (k === 0 ? 1 : scale * (q * half(k) - failure * betaUpper(0.5, k + 1, failure, q)));
  return {
    mean,
    variance: (s * (root + 1)) / 4 + mean - mean * mean,
    largest: Infinity,
    isTabulated: false,
    probability: (k) => (k === 0 ? 0 : (scale * half(k)) / (2 * k - 1)),
    cdf: (k) => (k === 0 ? 0 : 1 - survival(k)),
    survival,
    masses: (rest) => panjerMasses({ first: 1, odds: over(pair(s), plus(ONE, pair(s))), alpha: -0.5, sigma: 1 }, rest),
  };
}
