import { expm1 } from "@lossmill/core/math";
import type { Book } from "./book.ts";
import { complex } from "./complex.ts";
import type { Moments } from "./moments.ts";
import { roughTotal, type Stretch } from "./total.ts";

/** Cells of the lattices on which a total is sought. */
const CELLS = 4096;
const MOST_TRIES = 40;
/** What may lie below the stretch that a total is computed on. */
const BELOW = 1e-12;
/** Where the bulk begins this far from 0, cells are not spent on what lies before. */
const WORTH_A_WINDOW = 0.4;

/** Where years that pay are rarer, their distribution is not sought but taken to some times their mean. */
const RARE = 1e-7;
const FAR = 30;
const LEAST_SHARE = 0.01;

/** P(total > 0). */
function payingProbability({ pool, components }: Book): number {
  const out = complex();
  let log = -pool.reduce((sum, { amount, weight }) => sum + weight * amount.survival(0), 0);
  for (const { amount, counts } of components) {
    for (const { pgf, copies } of counts) {
      pgf.log(amount.survival(0), 0, out);
      log += copies * out[0];
    }
  }
  return -expm1(log);
}

/**
 * Where a book's total lies: from about its smallest value (0 unless that is far off) to somewhat beyond its p-quantile, or
 * beyond 99 % of all years that pay where that is further.
 * Begins with a bound that always holds (Cantelli's, or Markov's where the variance is infinite) and narrows it down on
 * coarse lattices.
 */
export function stretchOf(book: Book, { mean, variance }: Pick<Moments, "mean" | "variance">, p: number): Stretch {
  const paying = payingProbability(book);
  if (paying < RARE) return { from: 0, to: paying > 0 && mean > 0 ? FAR * (mean / paying) : 1 };
  const level = Math.max(p, 1 - paying * LEAST_SHARE);
  const tail = 1 - level;
  const bound = variance < Infinity ? mean + Math.sqrt((variance * level) / tail) : mean / tail;
  let stretch: Stretch = { from: 0, to: bound * 1.001 };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const width = stretch.to - stretch.from;
    const table = roughTotal(book, stretch, CELLS);
    const reached = table.quantile(level);
    if (reached === Infinity) {
      stretch = { from: stretch.from, to: stretch.to + width };
      continue;
    }
    const lowest = table.quantile(BELOW);
    const bulk = reached - lowest;
    const to = reached + 0.05 * bulk + 3 * table.step;
    const isFar = lowest - 0.05 * bulk - 3 * table.step > WORTH_A_WINDOW * to;
    const from = isFar ? Math.max(stretch.from, lowest - 0.05 * bulk - 3 * table.step) : stretch.from;
    if (to - from > width / 2) return { from: stretch.from, to: Math.min(to, stretch.to) };
    stretch = { from, to };
  }
  return stretch;
}
