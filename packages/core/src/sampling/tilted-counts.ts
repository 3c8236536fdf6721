import { drawnLaw } from "../plan/line-tables.ts";
import type { Line } from "../plan/plan.ts";
import { STEP } from "./grid.ts";
import { type RatioProducts, leavesDoubles, rescale } from "./ratio-products.ts";

/** What a kernel looks a uniform up in: of the laws of trials of even and of odd number, F(0), F(1), … */
export interface TiltedCounts {
  readonly even: Float64Array;
  /** The line's own table. */
  readonly odd: Float64Array;
  /** By count: a uniform of which the line's own table makes it. */
  readonly uniforms: Float64Array;
  /** How many times more often a trial of odd number has no claims. */
  readonly ofNone: number;
  /** By count: how many times more often it comes there, divided by `ofNone`. */
  readonly ratios: Float64Array;
}

/** The longest table. */
const MOST_THRESHOLDS = 1024;
/** A count that is so rare in trials of odd number that fewer uniforms lead there would not be drawn as often as it should. */
const LEAST_WIDTH = 8 * STEP;

/** How counts of a line with `untilted` are drawn; null where one of even trials is too rare in odd ones, or counts are too many. */
export function tiltedCounts(line: Line): TiltedCounts | null {
  const plain = drawnLaw({ ...line, frequency: line.untilted! });
  const tilted = drawnLaw(line);
  const even = plain.thresholds(MOST_THRESHOLDS);
  const odd = tilted.thresholds(MOST_THRESHOLDS);
  if (even === null || odd === null) return null;
  const uniforms = new Float64Array(even.length + 1);
  for (let count = 0; count < uniforms.length; count++) {
    const from = count === 0 ? 0 : (odd[count - 1] ?? 1);
    const width = (odd[count] ?? 1) - from;
    if (width < LEAST_WIDTH) return null;
    uniforms[count] = Math.round((from + width / 2) / STEP) * STEP;
  }
  const ofNone = tilted.probability(0) / plain.probability(0);
  const ratios = Float64Array.from({ length: Math.max(even.length, odd.length) + 1 }, (_, count) => {
    return tilted.probability(count) / plain.probability(count) / ofNone;
  });
  return { even, odd, uniforms, ofNone, ratios };
}

/** The count of a uniform: the number of thresholds below it. */
export function countOf(thresholds: Float64Array, uniform: number): number {
  // Most policies have no claims in most years.
  if (!(thresholds[0] < uniform)) return 0;
  let low = 1;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle] < uniform) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts of trials of even number become uniforms of which the line's table makes them; ratios go to `products`. */
export function takeCounts(
  { even, odd, uniforms: uniformOf, ratios }: TiltedCounts,
  first: number,
  n: number,
  uniforms: Float64Array,
  { values, overflows }: RatioProducts,
): void {
  for (let i = 0; i < n; i++) {
    const t = first + i;
    const isOdd = (t & 1) === 1;
    const count = countOf(isOdd ? odd : even, uniforms[i]);
    if (!isOdd) uniforms[i] = uniformOf[count];
    // What trials without claims have in common is in all products.
    if (count === 0) continue;
    values[t] *= ratios[count];
    if (leavesDoubles(values[t])) rescale(values, overflows, t);
  }
}
