import { log1p } from "@lossmill/core/math";
import { logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/** Logarithmic: E[z^N] = log(1 − prob z) / log(1 − prob) = 1 − log(1 + prob s / (1 − prob)) / a, a = −log(1 − prob). */
export function logarithmic(prob: number): CountPgf {
  const a = -log1p(-prob);
  const odds = prob / (1 - prob);
  return {
    cost: 2,
    log: (re, im, out) => {
      logOnePlus(odds * re, odds * im, out);
      logOnePlus(-out[0] / a, -out[1] / a, out);
    },
  };
}
