import { type Moments, mergeMoments, momentsOf } from "./moments.ts";

/** Losses in ascending order, of which not all need be kept. Ranks are from 1 to `n`. */
export interface Ordered {
  readonly n: number;
  /** The loss of a rank, or near it: `error` says how near. */
  at(rank: number): number;
  /** Of two bounds of the loss of a rank the lower. */
  least(rank: number): number;
  /** Of two bounds of the loss of a rank the upper. */
  most(rank: number): number;
  /** How far `at` may be from the loss of a rank, relative to it; 0 where the loss is kept. */
  error(rank: number): number;
  /** The largest `error` of a rank and those above it. */
  errorFrom(rank: number): number;
  /** Moments of the losses of ranks start + 1 to end. */
  momentsBetween(start: number, end: number): Moments;
}

/** Losses are added up in stretches of this length, whose moments are then merged: rounding stays that of a stretch. */
const STRETCH = 4096;

export const NOTHING: Moments = momentsOf(new Float64Array(0), 0);

/** Moments of so many equal values. */
export function equalValues(n: number, value: number): Moments {
  return n === 0 ? NOTHING : { n, mean: value, m2: 0, m3: 0, m4: 0, min: value, max: value };
}

/** All losses kept. Only ranks that are asked about must be in their places: sorted, or by `placeRanks`. */
export function keptOrder(losses: Float64Array): Ordered {
  const at = (rank: number) => losses[rank - 1];
  return {
    n: losses.length,
    at,
    least: at,
    most: at,
    error: () => 0,
    errorFrom: () => 0,
    momentsBetween(start, end) {
      let moments = NOTHING;
      for (let from = start; from < end; from += STRETCH) {
        const stretch = losses.subarray(from, Math.min(from + STRETCH, end));
        moments = mergeMoments(moments, momentsOf(stretch, stretch.length));
      }
      return moments;
    },
  };
}
