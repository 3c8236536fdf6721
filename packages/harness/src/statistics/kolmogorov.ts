import { exp } from "@lossmill/core/math";

/** Below this the law's probability of more differs from 1 by less than 1e-13, and its series converges slowly. */
const SURE = 0.18;

/** At SURE the term of this number is below 1e-16. */
const MOST_TERMS = 24;

/**
 * P(K > x) of Kolmogorov's law, 2 Σ (−1)^(k−1) exp(−2 k² x²): the limit of P(√n · D > x) for the largest difference D
 * between a continuous distribution function and that of n of its draws (Kolmogorov 1933). Error below 1e-13.
 */
export function kolmogorovTail(x: number): number {
  if (x < SURE) return 1;
  let sum = 0;
  for (let k = MOST_TERMS; k > 0; k--) sum = exp(-2 * k * k * x * x) - sum;
  return Math.min(1, 2 * sum);
}

/**
 * The p-value of a largest difference D of n draws from the distribution that they should have, with the correction of
 * Stephens 1970 (Journal of the Royal Statistical Society B 32, 115) for n from about 5 on. Too large, so on the safe
 * side, where the distribution has atoms.
 */
export function kolmogorovPValue(difference: number, n: number): number {
  const root = Math.sqrt(n);
  return kolmogorovTail(difference * (root + 0.12 + 0.11 / root));
}
