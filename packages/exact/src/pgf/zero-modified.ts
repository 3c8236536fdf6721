import { expLessOne, logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/**
 * A count with another probability of 0: E[z^N] = 1 − share (1 − G(z)) for the G of the law within. An extra zero of
 * probability p has share 1 − p; P(N = 0) = p0 has (1 − p0) / P(law within > 0).
 */
export function zeroModified(within: CountPgf, share: number): CountPgf {
  return {
    cost: within.cost + 2,
    log: (re, im, out) => {
      within.log(re, im, out);
      if (out[0] === -Infinity) logOnePlus(-share, 0, out);
      else {
        expLessOne(out[0], out[1], out);
        logOnePlus(share * out[0], share * out[1], out);
      }
    },
  };
}
