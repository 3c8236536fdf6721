import { expm1, sumOf } from "@lossmill/core/math";
import type { Amount } from "./amount.ts";
import type { Book } from "./book.ts";
import { complex } from "./complex.ts";
import type { Moments } from "./moments.ts";
import { roughTotal, type Stretch } from "./total.ts";

/** Cells of the lattices on which a total is sought. */
const CELLS = 4096;
const MOST_TRIES = 40;
/** What may lie below the stretch that a total is computed on, as a logarithm. */
const LOG_BELOW = -35;
/** Where the bulk begins this far from 0, cells are not spent on what lies before. */
const WORTH_A_WINDOW = 0.4;
const FEWEST_SDS = 8;

/** Where years that pay are rarer, their distribution is not sought but taken to some times their mean. */
const RARE = 1e-7;
const FAR = 30;
const LEAST_SHARE = 0.01;

/** P(total > 0). */
function payingProbability({ pool, components }: Book): number {
  const out = complex();
  let log = -sumOf(pool, ({ amount, weight }) => weight * amount.survival(0));
  for (const { amount, counts } of components) {
    for (const { pgf, copies } of counts) {
      pgf.log(amount.survival(0), 0, out);
      log += copies * out[0];
    }
  }
  return -expm1(log);
}

/**
 * Where a book's total lies: from about its smallest value (0 unless that is far off) to somewhat beyond its p-quantile,
 * or beyond 99 % of all years that pay where that is further. Begins with a bound that always holds (Cantelli's, or
 * Markov's where the variance is infinite) and narrows it down on coarse lattices.
 */
export function stretchOf(book: Book, moments: Pick<Moments, "mean" | "variance">, p: number): Stretch {
  const { mean, variance } = moments;
  const paying = payingProbability(book);
  if (paying < RARE) return { from: 0, to: paying > 0 && mean > 0 ? FAR * (mean / paying) : 1 };
  const level = Math.max(p, 1 - paying * LEAST_SHARE);
  const bound = variance < Infinity ? mean + Math.sqrt((variance * level) / (1 - level)) : mean / (1 - level);
  const from = lowestOf(book, moments);
  let to = bound * 1.001;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const table = roughTotal(book, { from, to }, CELLS);
    const reached = table.quantile(level);
    if (reached === Infinity) {
      to += to - from;
      continue;
    }
    const next = reached + 0.05 * (reached - from) + 3 * table.step;
    if (next - from > (to - from) / 2) return { from, to: Math.min(next, to) };
    to = next;
  }
  return { from, to };
}

/**
 * A point of which it is certain that the total practically never lies below: some standard deviations below the mean,
 * if a Chernoff bound holds there, P(total <= x) <= e^(θx) E[e^(−θ total)], with E[e^(−θ amount)] <= 1 − θ mean + θ²
 * second / 2. Otherwise 0.
 */
function lowestOf(book: Book, { mean, variance }: Pick<Moments, "mean" | "variance">): number {
  const sd = Math.sqrt(variance);
  for (let sds = FEWEST_SDS; mean - sds * sd > WORTH_A_WINDOW * mean; sds *= 1.25) {
    const x = mean - sds * sd;
    for (let theta = sds / sd; theta > 1 / sd; theta /= 2) {
      if (theta * x + logLaplace(book, theta) < LOG_BELOW) return x;
    }
  }
  return 0;
}

/** A bound of log E[e^(−θ total)]. */
function logLaplace({ pool, components }: Book, theta: number): number {
  const out = complex();
  const less = ({ mean, second }: Amount) => Math.max(0, theta * mean - (theta * theta * second) / 2);
  let sum = -sumOf(pool, ({ amount, weight }) => weight * less(amount));
  for (const { amount, counts } of components) {
    for (const { pgf, copies } of counts) {
      pgf.log(less(amount), 0, out);
      sum += copies * out[0];
    }
  }
  return sum;
}
