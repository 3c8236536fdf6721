import { betaLower } from "../math/incomplete-beta.ts";
import { log, log1p } from "../math/log.ts";
import { tailSize } from "./decimal.ts";
import { NORMAL_975 } from "./figure.ts";

/** Probability left out on each side of a 95 % interval. */
const ONE_SIDE = 0.025;

/** A tail of exactly 0.025 (p = 0.975, n = 1) is small enough and stays so through the 1e-13 that it is rounded by. */
const ENOUGH = ONE_SIDE * (1 + 1e-12);

/** Ranks (from 1) of n losses in ascending order that bracket a quantile; null where no rank is far enough out. */
export interface RankInterval {
  readonly lower: number | null;
  readonly upper: number | null;
  /** P(lower <= B <= upper − 1), at least 0.95; null unless both ranks exist. */
  readonly coverage: number | null;
}

/**
 * The distribution-free 95 % interval of the p-quantile of n losses (David and Nagaraja 2003, Order Statistics, section
 * 7.1), p in (0, 1) taken as its decimal: with B ~ Binomial(n, p), the number of losses that do not exceed the
 * quantile, `lower` is the largest l with P(B <= l − 1) <= 0.025 and `upper` the smallest u with P(B >= u) <= 0.025.
 */
export function orderStatisticInterval(n: number, p: number): RankInterval {
  const q = tailSize(1, p);
  const lower = largestRankBelow(n, p, q);
  // P(B >= u) = P(n − B <= n − u), and n − B ~ Binomial(n, q): the same question from the other end.
  const mirrored = largestRankBelow(n, q, p);
  const interval = { lower: lower || null, upper: mirrored === 0 ? null : n + 1 - mirrored };
  if (interval.lower === null || interval.upper === null) return { ...interval, coverage: null };
  return { ...interval, coverage: 1 - below(n, p, q, lower) - below(n, q, p, mirrored) };
}

/** The fewest losses for which both ranks exist: the smallest n with p^n and (1 − p)^n at most 0.025. p in (0, 1). */
export function lossesNeeded(p: number): number {
  const q = tailSize(1, p);
  return Math.ceil(log(ONE_SIDE) / log1p(-Math.min(p, q)));
}

/** The largest l <= n with P(B <= l − 1) <= 0.025, 0 if there is none. q is 1 − p, given as p is. */
function largestRankBelow(n: number, p: number, q: number): number {
  let rank = approximateRank(n, p, q);
  while (rank > 0 && below(n, p, q, rank) > ENOUGH) rank--;
  while (rank < n && below(n, p, q, rank + 1) <= ENOUGH) rank++;
  return rank;
}

/**
 * Cornish and Fisher's expansion to the skewness, a quarter past the continuity correction: at most one rank away, on either
 * side, in 300,000 cases of n up to 10^6; from 0 to n.
 */
function approximateRank(n: number, p: number, q: number): number {
  const skewness = ((NORMAL_975 * NORMAL_975 - 1) * (q - p)) / 6;
  return Math.floor(n * p - NORMAL_975 * Math.sqrt(n * p * q) + skewness + 0.75);
}

/** P(B <= rank − 1), the regularised incomplete beta I_q(n − rank + 1, rank) (DLMF 8.17.5). */
function below(n: number, p: number, q: number, rank: number): number {
  return betaLower(n - rank + 1, rank, q, p);
}
