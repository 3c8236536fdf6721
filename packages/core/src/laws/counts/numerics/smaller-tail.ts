import type { CountBase } from "../count-base.ts";

type Tails = Pick<CountBase, "cdf" | "survival">;

/**
 * The two tails of a law with this mean, made to add up to 1: the larger is 1 less the smaller one. A sum or an integral
 * that should be 1 may end at 1 − 1e-15, and then no count would be the quantile of the largest uniform.
 */
export function smallerTail(mean: number, { cdf, survival }: Tails): Tails {
  return {
    cdf: (k) => (k > mean ? 1 - survival(k) : cdf(k)),
    survival: (k) => {
      // Below the mean the upper tail is the smaller one only where the law is very skew.
      const lower = k > mean ? 1 : cdf(k);
      return lower < 0.5 ? 1 - lower : survival(k);
    },
  };
}
