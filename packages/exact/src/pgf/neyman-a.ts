import { expLessOne } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/** Neyman type A: E[z^N] = exp(lambda (e^(−phi s) − 1)). */
export function neymanA(lambda: number, phi: number): CountPgf {
  return {
    cost: 1,
    log: (re, im, out) => {
      expLessOne(-phi * re, -phi * im, out);
      out[0] *= lambda;
      out[1] *= lambda;
    },
  };
}
