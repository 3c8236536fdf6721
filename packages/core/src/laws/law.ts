/**
 * What a law of counts or amounts can answer. All values are deterministic functions of + − × ÷ √ alone (see
 * ../math), so that their bits do not depend on the engine.
 */

import type { SeriesScratch } from "./series-scratch.ts";

/** Which tail a probability is measured from. Quantiles take (p, tail), so nothing ever computes 1 − p. */
export type Tail = "lower" | "upper";

/** The law of one claim's ground-up amount. */
export interface Severity {
  /** The smallest interval [lower, upper] that holds all the probability; may be infinite. */
  readonly lower: number;
  readonly upper: number;
  /** E[X]: Infinity where it diverges, NaN where it is undefined. */
  readonly mean: number;
  /** Var[X]: Infinity where it diverges, NaN where it is undefined. */
  readonly variance: number;
  /** The supremum of k with E[|X|^k] finite: Infinity for light tails, the shape for a Pareto. */
  readonly tailIndex: number;
  /** Probability density at x; for laws with atoms only (constant, empirical) the probability of x. */
  readonly density: (x: number) => number;
  /** P(X <= x). */
  readonly cdf: (x: number) => number;
  /** P(X > x), accurate to its last digits also where it is tiny. */
  readonly survival: (x: number) => number;
  /**
   * The smallest x with P(X <= x) >= p (lower), or with P(X > x) <= p (upper). p in [0, 1]. Where laws have no formula, a
   * guess that is `near` saves time; it may change the last digit.
   */
  readonly quantile: (p: number, tail: Tail, near?: number) => number;
  /** E[min(X, d)]. */
  readonly limitedExpectedValue: (d: number) => number;
  /** That of the density, where it is known: it tells the power series of quantiles. */
  readonly elasticity?: Elasticity | undefined;
}

/** x f′(x) / f(x) of a density f, along a power series. */
export interface Elasticity {
  /**
   * Coefficient n, from coefficients 0 to n of x. To be asked for one after the other, from 0 on, of one series at a time, with
   * a `scratch` that nobody else changes meanwhile.
   */
  next(x: Float64Array, n: number, scratch: SeriesScratch): number;
}

/** The law of a policy's number of claims in a year. */
export interface CountLaw {
  readonly mean: number;
  readonly variance: number;
  /** The largest possible count; may be Infinity. */
  readonly largest: number;
  /** P(N = k), k a whole number; 0 below 0. */
  readonly probability: (k: number) => number;
  /** P(N <= k). */
  readonly cdf: (k: number) => number;
  /** P(N > k), accurate to its last digits also where it is tiny. */
  readonly survival: (k: number) => number;
  /** The smallest k with P(N <= k) >= p (lower), or with P(N > k) <= p (upper). p in [0, 1]. */
  readonly quantile: (p: number, tail: Tail) => number;
  /**
   * F(0), F(1), … up to the last one below 1 − 2^-53 (the largest uniform): a count is the number of these that are
   * smaller than the uniform. Null where there would be more than `most`.
   */
  readonly thresholds: (most: number) => Float64Array | null;
}
