import { lineTables } from "./line-tables.ts";
import type { Line } from "./plan.ts";

/** Thresholds of a count, and where to begin looking among them; no thresholds: the law is searched. */
export interface CountTable {
  readonly thresholds: Float64Array | null;
  readonly guide: Int32Array;
}

/** The guide of a law that is searched, and that of a law that is always 0. */
const NO_GUIDE = new Int32Array(0);
const GUIDE_TO_ZERO = new Int32Array(1);

export function countTable(thresholds: Float64Array | null): CountTable {
  if (thresholds === null) return { thresholds, guide: NO_GUIDE };
  return { thresholds, guide: thresholds.length === 0 ? GUIDE_TO_ZERO : guideOf(thresholds) };
}

/** The tables PLACES and SIZES of every line; lines that draw the same counts share them. */
export function countTables(lines: readonly Line[]): (readonly [places: CountTable, sizes: CountTable])[] {
  const known = new Map<string, readonly [CountTable, CountTable]>();
  return lines.map((line) => {
    const key = JSON.stringify([line.placement, line.frequency, line.survival]);
    let tables = known.get(key);
    if (tables === undefined) {
      const { places, sizes } = lineTables(line);
      tables = [countTable(places), countTable(sizes)];
      known.set(key, tables);
    }
    return tables;
  });
}

/**
 * Where to begin looking: entry g of a guide of m entries (a power of two, so that u·m is exact) is the number of
 * thresholds below g/m (Chen & Asau 1974). With at least as many entries as thresholds a look-up takes about one step.
 */
function guideOf(thresholds: Float64Array): Int32Array {
  let entries = 1;
  while (entries < thresholds.length) entries *= 2;
  const guide = new Int32Array(entries);
  let below = 0;
  for (let g = 0; g < entries; g++) {
    while (below < thresholds.length && thresholds[below] < g / entries) below++;
    guide[g] = below;
  }
  return guide;
}
