import type { CountPgf } from "./log-pgf.ts";

/** Poisson: E[z^N] = e^(−lambda s). */
export function poisson(lambda: number): CountPgf {
  return {
    cost: 0.1,
    log: (re, im, out) => {
      out[0] = -lambda * re;
      out[1] = -lambda * im;
    },
  };
}
