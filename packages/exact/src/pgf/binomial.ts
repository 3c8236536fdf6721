import { logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/** Binomial: E[z^N] = (1 − prob s)^size; a fixed number of claims has prob 1. */
export function binomial(size: number, prob: number): CountPgf {
  return {
    cost: 1,
    log: (re, im, out) => {
      logOnePlus(-prob * re, -prob * im, out);
      out[0] *= size;
      out[1] *= size;
    },
  };
}
