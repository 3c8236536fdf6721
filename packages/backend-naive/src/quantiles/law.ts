/** A quantile x = Q(p): p from the lower tail if `upper` is false, else from the upper tail. */
export type Quantile = (p: number, upper: boolean) => number;

/** P(X <= x) if `upper` is false, else P(X > x); each to its last digits where it is small. */
export type TailProbability = (x: number, upper: boolean) => number;

/** What the wrappers need of a law beside its quantile. */
export interface Law {
  readonly quantile: Quantile;
  readonly tail: TailProbability;
  /** Only where a truncation may cut through the body at an amount near 0: see truncated.ts. */
  readonly density?: (x: number) => number;
  /** The amounts of positive probability, where the tails jump; none if missing. */
  readonly atoms?: readonly number[];
}
