import type { CountPgf } from "./log-pgf.ts";
import { negativeBinomial } from "./negative-binomial.ts";

/** Delaporte: a Poisson and a negative binomial count, added up. */
export function delaporte(lambda: number, size: number, prob: number): CountPgf {
  const clustered = negativeBinomial(size, prob);
  return {
    cost: clustered.cost,
    log: (re, im, out) => {
      clustered.log(re, im, out);
      out[0] -= lambda * re;
      out[1] -= lambda * im;
    },
  };
}
