import { sumError } from "../../../math/rounding-error.ts";
import type { Tail } from "../../law.ts";

/** Sums of all terms before each place, from 0 to the total, each rounded once (Neumaier 1974). */
export function runningSums(terms: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(terms.length + 1);
  let total = 0;
  let errors = 0;
  for (let i = 0; i < terms.length; i++) {
    const next = total + terms[i];
    errors += sumError(total, terms[i], next);
    total = next;
    sums[i + 1] = total + errors;
  }
  return sums;
}

/** The probabilities of the first k and of all but the first k of n weighted things, for k = 0 … n. */
export interface Cumulative {
  readonly probabilities: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Both tails are added up from their own end, so that small ones keep their digits. */
export function cumulative(weights: ArrayLike<number>): Cumulative {
  const before = runningSums(weights);
  const after = runningSums(Float64Array.from(weights).toReversed()).toReversed();
  const total = before[weights.length];
  return {
    probabilities: Float64Array.from(weights, (weight) => weight / total),
    before: before.map((sum) => sum / total),
    after: after.map((sum) => Math.min(sum / total, 1)),
  };
}

/**
 * The first place k in 0 … n − 1 at which the (k + 1) first things have a probability >= p ("lower"), or the things after
 * it one <= p ("upper"); n − 1 where rounding leaves none. Places without probability are never chosen.
 */
export function placeOf({ before, after }: Cumulative, p: number, tail: Tail): number {
  let low = 0;
  let high = before.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tail === "lower" ? before[middle + 1] >= p : after[middle + 1] <= p) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The number of sorted values that are <= x. */
export function countUpTo(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
