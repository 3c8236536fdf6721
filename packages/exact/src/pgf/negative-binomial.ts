import { logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/** Negative binomial: E[z^N] = (1 + beta s)^(−size) with beta = (1 − prob) / prob; the geometric law has size 1. */
export function negativeBinomial(size: number, prob: number): CountPgf {
  const beta = (1 - prob) / prob;
  return {
    cost: 1,
    log: (re, im, out) => {
      logOnePlus(beta * re, beta * im, out);
      out[0] *= -size;
      out[1] *= -size;
    },
  };
}
