import { LossmillError } from "@lossmill/core";
import type { Assembled } from "./assemble.ts";
import type { DistributionTable } from "./distribution-table.ts";
import { stretchOf } from "./stretch.ts";
import { type Stretch, totalOver } from "./total.ts";
import { largestOf } from "@lossmill/core/math";

/** A quantile at least so many steps from 0 is known to some 1e-8 of itself. */
const FAR_ENOUGH = 2048;
/** How far beyond a low quantile its own table goes. */
const BEYOND = 1.5;
/** Each is some hundred times finer than the one before; more are not needed for any double. */
const MOST_TABLES = 6;
/** How often a stretch that proves too short is doubled. */
const MOST_DOUBLINGS = 20;

/**
 * The tables of a total, each finer and shorter than the one before: where losses spread over many orders of magnitude, the
 * lattice that reaches the highest level is too coarse for the lowest.
 *
 * @throws LossmillError NOT_SUPPORTED where no lattice reaches the highest level
 */
export function tablesOf({ book, moments }: Assembled, levels: readonly number[], cells: number): DistributionTable[] {
  const highest = largestOf(levels, (p) => p, 0.5);
  const tables = [tableUpTo(highest, (stretch) => totalOver(book, stretch, cells), stretchOf(book, moments, highest))];
  while (tables.length < MOST_TABLES) {
    const last = tables[tables.length - 1];
    if (last.isLattice) break;
    // An atom lies where it lies, on any lattice.
    const isAtom = (x: number) => last.atoms.some(({ at }) => at === x);
    const low = levels.map((p) => last.quantile(p)).filter((x) => x > 0 && x < FAR_ENOUGH * last.step && !isAtom(x));
    if (low.length === 0) break;
    const to = BEYOND * Math.max(...low) + 4 * last.step;
    if (to > last.upTo / 2) break;
    tables.push(totalOver(book, { from: 0, to }, cells));
  }
  return tables;
}

function tableUpTo(p: number, over: (stretch: Stretch) => DistributionTable, { from, to }: Stretch): DistributionTable {
  for (let tries = 0, length = to - from; tries < MOST_DOUBLINGS; tries++, length *= 2) {
    const table = over({ from, to: from + length });
    if (table.quantile(p) < Infinity) return table;
  }
  const message = `no lattice reaches level ${p}; a lower level, or a limit, would be answered`;
  throw new LossmillError("NOT_SUPPORTED", { place: "levels", message });
}

/** The finest of some tables that knows the p-quantile. */
export function tableFor(tables: readonly DistributionTable[], p: number): DistributionTable {
  return tables.findLast((table) => table.quantile(p) <= table.upTo / BEYOND) ?? tables[0];
}

/** P(X <= x), by the finest table that reaches x. */
export function cdfOf(tables: readonly DistributionTable[], x: number): number {
  if (x < 0) return 0;
  const table = tables.findLast(({ upTo }) => x <= upTo) ?? tables[0];
  return table.cdf(Math.min(x, table.upTo));
}

/** What the distribution function may be wrong by anywhere: each table where no finer one reaches. */
export function errorOf(tables: readonly DistributionTable[]): number {
  return largestOf(tables, (table, i) => table.errorBeyond(tables[i + 1]?.upTo ?? 0));
}
