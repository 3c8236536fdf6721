import type { PiecewiseSeverity } from "./kinks.ts";
import { mirrored, survivalIntegral } from "./tail-integral.ts";
import type { Interval } from "./truncated-quantile.ts";

/** Rounding errors of limited expected values that are subtracted, and how much of a result they may spoil. */
const ROUNDING = 4e-16;
const SPOILT = 2e-14;

/**
 * E[min(X, d)] of the truncated `law`, for a d inside its support or at a finite or convergent end: from the limited
 * expected values of the whole law, or where these cancel from the tails of the truncated one.
 */
export function limitedOf({ base, to, probability }: Interval, law: PiecewiseSeverity, d: number): number {
  const start = law.lower > -Infinity ? law.lower : 0;
  const beyond = base.survival(to);
  const atD = base.limitedExpectedValue(d);
  const atStart = law.lower > -Infinity ? base.limitedExpectedValue(start) : 0;
  const cut = beyond === 0 ? 0 : (d - start) * beyond;
  const value = start + (atD - atStart - cut) / probability;
  const error = (ROUNDING * (Math.abs(atD) + Math.abs(atStart) + Math.abs(cut))) / probability;
  if (error <= SPOILT * Math.abs(value)) return value;
  return law.lower > -Infinity
    ? start + survivalIntegral(law, start, d, 0)
    : d - survivalIntegral(mirrored(law), -d, Infinity, 0);
}

/** The mean of a law whose tail index is at most 1. */
export function divergentMean({ lower, upper }: PiecewiseSeverity): number {
  if (upper < Infinity) return -Infinity;
  return lower > -Infinity ? Infinity : NaN;
}

/** Var[X] = 2 ∫ (x − m) P(X > x) dx above the mean m + 2 ∫ (m − x) P(X <= x) dx below: positive terms only. */
export function centralMoment(law: PiecewiseSeverity): number {
  const { lower, upper, mean } = law;
  return 2 * (survivalIntegral(law, mean, upper, 1) + survivalIntegral(mirrored(law), -mean, -lower, 1));
}
