import type { Severity, Tail } from "../../law.ts";
import { probabilityBetween } from "./probability-between.ts";

/** Spacing of doubles next to 1, relative. */
export const SPACING = 2.220446049250313e-16;
/** A quantile is solved again where the spacing of its probability moves it by more than this part of itself. */
const COARSE = 1e-14;
/** So many times closer than doubles resolve, a smooth density is constant. */
const STRAIGHT = 1000;
const MOST_STEPS = 10;
/** Newton's step squares the error: the next one would be below a unit in the last place. */
const SMALL_STEP = 1e-8;

/** The interval (from, to] of a law, and its probability. */
export interface Interval {
  readonly base: Severity;
  readonly from: number;
  readonly to: number;
  readonly probability: number;
  /** P(X <= from) and P(X > to). */
  readonly below: number;
  readonly beyond: number;
  /** The absolute rounding of the law's own quantiles: that of its median. */
  readonly rounding: () => number;
}

/** The quantile of X given that from < X <= to, for p in (0, 1/2]: that of X at a level between those of the bounds. */
export function truncatedQuantile(interval: Interval, p: number, tail: Tail, near?: number): number {
  const { base, from, to, probability, below, beyond } = interval;
  const share = tail === "lower" ? p : 1 - p;
  const level = below + share * probability;
  const upperLevel = beyond + (tail === "lower" ? 1 - p : p) * probability;
  // The level is a sum in either tail, so nothing cancels; the smaller one has the finer doubles.
  const isLower = level <= 0.5;
  const x = isLower ? base.quantile(level, "lower", near) : base.quantile(Math.min(upperLevel, 1), "upper", near);
  const clamped = Math.min(Math.max(x, from), to);
  if (tail === "upper" || below === 0) return clamped;
  return nearLower(interval, p * probability, clamped, SPACING * (isLower ? level : upperLevel), near);
}

/**
 * Just above `from`, where levels differ from that of `from` by less than doubles resolve: jumps over a gap of the law,
 * or solves P(from < X <= x) = target for the distance x − from, which matters where `from` is 0 or near it.
 */
function nearLower(interval: Interval, target: number, x: number, spacing: number, near = NaN): number {
  const { base, from, to, rounding } = interval;
  if (x === from) {
    const next = endOfGap(base, from);
    if (next > from) return Math.min(next, to);
  }
  const density = base.density(x);
  // The law's own quantile is rounded at the scale of its values; its level at the spacing of doubles there.
  const resolution = spacing / density + rounding();
  if (!(density > 0 && resolution > COARSE * Math.abs(x))) return x;
  let distance = near > from ? near - from : x - from > STRAIGHT * resolution ? x - from : target / base.density(from);
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = (target - probabilityBetween(base, from, from + distance)) / base.density(from + distance);
    const next = distance + step > 0 ? distance + step : distance / 2;
    const isDone = Math.abs(step) <= SMALL_STEP * distance;
    distance = next;
    if (isDone) return Math.min(from + distance, to);
  }
  return x;
}

/** Where the probability above `from` begins, if not at once; else `from`. */
function endOfGap(base: Severity, from: number): number {
  const below = base.cdf(from);
  const next =
    below < 0.5
      ? base.quantile(below * (1 + SPACING), "lower")
      : base.quantile(base.survival(from) * (1 - SPACING), "upper");
  const middle = from + (next - from) / 2;
  return middle > from && probabilityBetween(base, from, middle) === 0 ? next : from;
}
