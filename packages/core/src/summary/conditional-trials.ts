import type { IntensityTable } from "../sampling/intensity-table.ts";
import { type FilledBins, totalBins } from "./total-bins.ts";

/** What trials say of P(S > x), or of E[(S − x)+], on average, and how it varies from trial to trial. */
export interface Estimate {
  readonly mean: number;
  /** The variance of one trial. */
  readonly variance: number;
}

/** The trials of a run with their largest claims integrated out, for losses x in an interval. */
export interface ConditionalTrials {
  /** How many they are. */
  readonly trials: number;
  /** The largest S + M, or an amount in its place: where to begin to look for a quantile. */
  readonly scale: number;
  readonly probability: (x: number) => Estimate;
  readonly excess: (x: number) => Estimate;
  /** The mean of E[((S − x)+)² | trial]: what plain trials would vary by. */
  readonly squares: (x: number) => number;
}

/** What is known of each trial. */
export interface LargestTaken {
  readonly total: Float64Array;
  readonly largest: Float64Array;
  /** How many claims of a trial share the largest payment, where that is an atom; null where there are none. */
  readonly ties: Float64Array | null;
  readonly table: IntensityTable;
}

/** The trials of a run, interval after interval of losses, upwards. */
export interface ConditionalSweep {
  /** For x in [from, to], 0 <= from, and no less than in the call before; valid until the next. */
  readonly between: (from: number, to: number) => ConditionalTrials;
}

/**
 * By Mecke's formula (Last and Penrose 2017, Lectures on the Poisson Process, theorem 4.1) with the largest claim taken as the one
 * that is integrated out, which is what Asmussen and Kroese 2006, "Improved algorithms for rare event simulation with heavy
 * tails", section 2, comes to for a Poisson process, a trial of total S and largest claim M, which k claims share, has
 *
 *     P(S > x):    T(max(M, x − S)) + tie · 1{S + M > x},        tie = ν{M} / (k + 1), ties broken at random
 *     E[(S − x)+]: I(x − S) where x − S >= M, else (S + M − x) · (T(M) + tie) + I(M).
 *
 * Where S + M > x neither T nor I depends on x. Of the others only S counts, and for those below the interval it is enough to
 * know how many are in each narrow bin of S (`totalBins`). So each x costs as many steps as there are bins, and trials with S + M
 * in the interval. `highest`: beyond any `from`.
 */
export function conditionalSweep(trials: LargestTaken, highest: number): ConditionalSweep {
  const { total, largest, table } = trials;
  const bins = totalBins(highest);
  const near = new Uint32Array(total.length);
  let end = -1;
  let weights = new Float64Array(0);

  /** Puts trials below the interval into bins; the others stay, with what each counts where S + M exceeds x. */
  function advance(from: number): void {
    if (end < 0) {
      end = 0;
      for (let i = 0; i < total.length; i++) {
        if (total[i] + largest[i] > from) near[end++] = i;
        else bins.add(total[i]);
      }
      weights = weightsOf(trials, near.subarray(0, end));
      return;
    }
    const before = end;
    end = 0;
    for (let j = 0; j < before; j++) {
      const i = near[j];
      if (total[i] + largest[i] > from) {
        near[end] = i;
        weights[end++] = weights[j];
      } else bins.add(total[i]);
    }
  }

  return {
    between(from, to) {
      advance(from);
      return trialsBetween(trials, table, bins.filled(), near.subarray(0, end), weights, to);
    },
  };
}

/** T(M), and what ties add. */
function weightsOf({ largest, ties, table }: LargestTaken, near: Uint32Array): Float64Array<ArrayBuffer> {
  const weights = new Float64Array(near.length);
  for (let j = 0; j < near.length; j++) {
    const m = largest[near[j]];
    const k = ties === null ? 0 : ties[near[j]];
    weights[j] = table.tail(m) + (k > 0 ? table.atom(m) / (k + 1) : 0);
  }
  return weights;
}

function trialsBetween(
  { total, largest }: LargestTaken,
  table: IntensityTable,
  { many, low, high }: FilledBins,
  near: Uint32Array,
  weights: Float64Array,
  to: number,
): ConditionalTrials {
  const n = total.length;
  let beyond = 0;
  let beyondSquares = 0;
  let scale = 0;
  const within = new Uint32Array(near.length);
  let end = 0;
  for (let j = 0; j < near.length; j++) {
    const most = total[near[j]] + largest[near[j]];
    scale = Math.max(scale, most);
    if (most > to) {
      beyond += weights[j];
      beyondSquares += weights[j] * weights[j];
    } else within[end++] = j;
  }
  /** Of sums of distances from a pivot: trials that are all alike have no variance, whatever is rounded. */
  const estimate = (pivot: number, sum: number, squares: number): Estimate => {
    const distance = sum / n;
    return {
      mean: pivot + distance,
      variance: (Math.max(0, squares / n - distance * distance) * n) / (n - 1),
    };
  };
  return {
    trials: n,
    scale: scale > 0 ? scale : 1,
    probability(x) {
      // What a trial without claims says.
      const pivot = table.tail(x);
      const beyondCount = near.length - end;
      let sum = beyond - beyondCount * pivot;
      let squares = beyondSquares - pivot * (2 * beyond - beyondCount * pivot);
      for (let bin = 0; bin < many.length; bin++) {
        const q = meanTail(table, x - high[bin], x - low[bin]) - pivot;
        sum += many[bin] * q;
        squares += many[bin] * q * q;
      }
      for (let k = 0; k < end; k++) {
        const j = within[k];
        const s = total[near[j]];
        const q = (s + largest[near[j]] > x ? weights[j] : table.tail(x - s)) - pivot;
        sum += q;
        squares += q * q;
      }
      return estimate(pivot, sum, squares);
    },
    excess(x) {
      const pivot = table.excess(x);
      let sum = 0;
      let squares = 0;
      for (let bin = 0; bin < many.length; bin++) {
        const e = table.excess(x - (low[bin] + (high[bin] - low[bin]) / 2)) - pivot;
        sum += many[bin] * e;
        squares += many[bin] * e * e;
      }
      for (let j = 0; j < near.length; j++) {
        const s = total[near[j]];
        const m = largest[near[j]];
        const over = s + m - x;
        const e = (over > 0 ? over * weights[j] + table.excess(m) : table.excess(x - s)) - pivot;
        sum += e;
        squares += e * e;
      }
      return estimate(pivot, sum, squares);
    },
    squares(x) {
      let sum = 0;
      for (let bin = 0; bin < many.length; bin++) {
        sum += many[bin] * table.squares(x - (low[bin] + (high[bin] - low[bin]) / 2));
      }
      for (let j = 0; j < near.length; j++) {
        const s = total[near[j]];
        const m = largest[near[j]];
        const over = s + m - x;
        // (z − M + over)², z being the claim put in place of the largest.
        sum += over > 0 ? table.squares(m) + over * (2 * table.excess(m) + over * weights[j]) : table.squares(x - s);
      }
      return sum / n;
    },
  };
}

/** A bin that is narrower, relative to what its totals lack, is a point. */
const POINT = 1e-6;

/** The mean of T over [a, b]. */
function meanTail(table: IntensityTable, a: number, b: number): number {
  if (b - a <= POINT * b) return table.tail(a === b ? a : a + (b - a) / 2);
  return (table.excess(a) - table.excess(b)) / (b - a);
}
