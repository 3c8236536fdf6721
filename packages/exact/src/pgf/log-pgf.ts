import type { Complex } from "../complex.ts";

/**
 * log E[z^N] of a count N at z = 1 − s, |z| <= 1, written to `out`: −Infinity where E[z^N] = 0, and the angle up to a
 * multiple of 2π. Taken in s, because z is near 1 where it matters most.
 */
export type LogPgf = (re: number, im: number, out: Complex) => void;

/** A generating function and what an evaluation costs, in logarithms. */
export interface CountPgf {
  readonly log: LogPgf;
  readonly cost: number;
}
