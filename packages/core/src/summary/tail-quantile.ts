import { rankOf } from "./decimal.ts";
import type { Figure } from "./figure.ts";
import { largest } from "./largest.ts";
import { orderStatisticInterval } from "./order-statistic-interval.ts";
import { type Ordered, keptOrder } from "./ordered.ts";
import { varFigure } from "./quantile-figures.ts";
import { selectRanks } from "./selection-by-buckets.ts";

/** One quantile of losses that go by, with its interval, as `report` has it. */
export interface TailQuantile {
  add(losses: Float64Array): void;
  /** Of the losses so far, one at least; null where too few of the largest were kept to know it. */
  figure(): Figure | null;
}

/**
 * The p-quantile from the largest `keep` losses alone: a comparison a loss, and 16 bytes for each that is kept.
 * `lossesBeyond` says how many that takes.
 */
export function tailQuantile(p: number, keep: number): TailQuantile {
  const tail = largest(keep);
  let n = 0;
  return {
    add(losses) {
      n += losses.length;
      tail.add(losses);
    },
    figure() {
      if (lossesFrom(n, p) > keep) return null;
      return varFigure(n, (ranks) => upperOrder(n, tail.kept(), ranks), p);
    },
  };
}

/** How many of up to n losses must be kept to know the p-quantile of all of them, and its interval, at any time. */
export function lossesBeyond(n: number, p: number): number {
  // Of fewer losses it can be one more, by rounding to ranks.
  return lossesFrom(n, p) + 1;
}

/** Losses from the lowest rank on that a quantile of n and its interval are made of. */
function lossesFrom(n: number, p: number): number {
  const { lower, upper } = orderStatisticInterval(n, p);
  return n - (lower === null || upper === null ? rankOf(n, p) : lower) + 1;
}

/** The order of n losses of which those below `kept` are not asked about. */
function upperOrder(n: number, kept: Float64Array, ranks: readonly number[]): Ordered {
  const below = n - kept.length;
  const placed = new Float64Array(kept.length);
  selectRanks(
    kept,
    ranks.map((rank) => rank - below),
    placed,
  );
  const { at, momentsBetween, ...above } = keptOrder(placed);
  const upper = (rank: number) => at(rank - below);
  return {
    ...above,
    n,
    at: upper,
    least: upper,
    most: upper,
    momentsBetween: (start, end) => momentsBetween(start - below, end - below),
  };
}
