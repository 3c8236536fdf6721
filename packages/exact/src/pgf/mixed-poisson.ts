import { expLessOne, logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";
import { sumOf } from "@lossmill/core/math";

/**
 * Mixed Poisson: E[z^N] is the weighted sum of e^(−lambda s). The smallest lambda is taken out, so that nothing cancels
 * where the sum is tiny, and 1 as well, so that nothing cancels where s is.
 */
export function mixedPoisson(weights: readonly number[], lambdas: readonly number[]): CountPgf {
  const shares = new Map<number, number>();
  const total = sumOf(weights);
  weights.forEach((weight, i) => {
    if (weight > 0) shares.set(lambdas[i], (shares.get(lambdas[i]) ?? 0) + weight / total);
  });
  const least = Math.min(...shares.keys());
  const rest = [...shares].filter(([lambda]) => lambda > least);
  const values = Float64Array.from(rest, ([lambda]) => lambda - least);
  const portions = Float64Array.from(rest, ([, share]) => share);
  return {
    cost: 1 + values.length,
    log: (re, im, out) => {
      let sumRe = 0;
      let sumIm = 0;
      for (let i = 0; i < values.length; i++) {
        expLessOne(-values[i] * re, -values[i] * im, out);
        sumRe += portions[i] * out[0];
        sumIm += portions[i] * out[1];
      }
      logOnePlus(sumRe, sumIm, out);
      out[0] -= least * re;
      out[1] -= least * im;
    },
  };
}
