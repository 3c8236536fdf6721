import type { Book } from "./book.ts";
import type { Moments } from "./moments.ts";
import { roughTotal, type Stretch } from "./total.ts";

/** Cells of the lattices on which a total is sought. */
const CELLS = 4096;
const MOST_TRIES = 40;
/** What may lie below the stretch that a total is computed on. */
const BELOW = 1e-13;
/** Where the bulk begins this far from 0, cells are not spent on what lies before. */
const WORTH_A_WINDOW = 0.4;

/**
 * Where a book's total lies: from about its smallest value (0 unless that is far off) to somewhat beyond its p-quantile.
 * Begins with a bound that always holds (Cantelli's, or Markov's where the variance is infinite) and narrows it down on
 * coarse lattices.
 */
export function stretchOf(book: Book, { mean, variance }: Pick<Moments, "mean" | "variance">, p: number): Stretch {
  const tail = 1 - p;
  const bound = variance < Infinity ? mean + Math.sqrt((variance * p) / tail) : mean / tail;
  let stretch: Stretch = { from: 0, to: bound * 1.001 };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const width = stretch.to - stretch.from;
    const table = roughTotal(book, stretch, CELLS);
    const reached = table.quantile(p);
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
