import { rankOf, tailSize } from "./decimal.ts";
import { type Moments, mergeMoments, momentsOf } from "./moments.ts";

/** Losses are added up in stretches of this length, whose moments are then merged: rounding stays that of a stretch. */
const STRETCH = 4096;

const NOTHING: Moments = momentsOf(new Float64Array(0), 0);

/**
 * VaR_p, the ⌈n·p⌉-th smallest of n losses (the minimum for p = 0), p taken as its decimal. Of `losses` only that rank
 * must be in its place: sorted, or by `placeRanks`.
 */
export function valueAtRisk(losses: Float64Array, p: number): number {
  return losses[rankOf(losses.length, p) - 1];
}

/** TVaR and its standard error. */
export interface TailValue {
  readonly value: number;
  readonly se: number;
}

/**
 * TVaR_p for each of `levels`: the mean of the worst (1 − p)·n losses, the boundary loss counted with its fraction
 * (Acerbi and Tasche 2002, On the coherence of expected shortfall, section 4), which is VaR + mean((x − VaR)+) / (1 − p)
 * (Rockafellar and Uryasev 2002, Conditional value-at-risk for general loss distributions, theorem 10); for p = 1 the
 * maximum. The standard error is that of its influence function: sd((x − VaR)+) / ((1 − p)·√n), sd with n − 1. It is 0
 * where no loss ranks beyond VaR.
 *
 * Of `losses` the ranks of all levels must be in their places: sorted, or by `placeRanks`.
 */
export function tailValuesAtRisk(losses: Float64Array, levels: readonly number[]): TailValue[] {
  const result: TailValue[] = levels.map(() => ({ value: 0, se: 0 }));
  // From the farthest tail inwards every loss is added once, however many levels there are.
  const inwards = levels.map((_, i) => i).sort((i, j) => levels[j] - levels[i]);
  let tail = NOTHING;
  let end = losses.length;
  for (const i of inwards) {
    const rank = rankOf(losses.length, levels[i]);
    tail = mergeMoments(momentsBetween(losses, rank, end), tail);
    end = rank;
    result[i] = tailValue(losses[rank - 1], tail, losses.length, levels[i]);
  }
  return result;
}

/** TVaR from VaR and the moments of the losses that rank beyond it. */
function tailValue(valueAtRiskP: number, tail: Moments, n: number, p: number): TailValue {
  if (tail.n === 0) return { value: valueAtRiskP, se: 0 };
  const size = tailSize(n, p);
  const excess = tail.mean - valueAtRiskP;
  // (x − VaR)+ is 0 for the other n − tail.n losses: the squares about the mean of both groups together.
  const squares = tail.m2 + tail.n * ((n - tail.n) / n) * excess * excess;
  return {
    value: valueAtRiskP + (tail.n * excess) / size,
    se: (Math.sqrt(squares / (n - 1)) * Math.sqrt(n)) / size,
  };
}

function momentsBetween(losses: Float64Array, start: number, end: number): Moments {
  let moments = NOTHING;
  for (let from = start; from < end; from += STRETCH) {
    const stretch = losses.subarray(from, Math.min(from + STRETCH, end));
    moments = mergeMoments(moments, momentsOf(stretch, stretch.length));
  }
  return moments;
}
