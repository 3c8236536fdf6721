import type { Masses } from "./numerics/masses.ts";

/** What a law of counts says of itself; `completeLaw` makes a CountLaw of it. */
export interface CountBase {
  readonly mean: number;
  readonly variance: number;
  /** The largest possible count; may be Infinity. */
  readonly largest: number;
  /** Whether the functions below are slow enough, and the masses few enough, for a table of the masses. */
  readonly isTabulated: boolean;
  /** P(N = k) for a whole k from 0 to `largest`. */
  probability(k: number): number;
  /** P(N <= k) for a whole k from 0 to below `largest`. */
  cdf(k: number): number;
  /** P(N > k) for a whole k from 0 to below `largest`, accurate where it is tiny. */
  survival(k: number): number;
  /** The masses of 0, 1, … until what is left is below `rest`, a share of all that is above 0. */
  masses(rest: number): Masses;
}
