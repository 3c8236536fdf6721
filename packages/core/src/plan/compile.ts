import { COUNT, type CompiledPlan, PLACES, SIZES, TABLES, TERM, tableAt } from "./compiled-plan.ts";
import { lineTables } from "./line-tables.ts";
import type { Line, Plan } from "./plan.ts";

/** Compiles a plan. Lines that draw the same counts share their tables. */
export function compile(plan: Plan): CompiledPlan {
  const tables = new Map<string, CountTable[]>();
  const tablesOf = plan.lines.map((line) => {
    const key = JSON.stringify([line.placement, line.frequency, line.survival]);
    const known = tables.get(key) ?? countTables(line);
    tables.set(key, known);
    return known;
  });
  const distinct = [...tables.values()].flat();
  const thresholdCount = distinct.reduce((sum, table) => sum + (table.thresholds?.length ?? 0), 0);
  const guideCount = distinct.reduce((sum, table) => sum + table.guide.length, 0);
  const lines = plan.lines.length;

  const doubles = lines * TERM.fields + thresholdCount;
  const words = lines * TABLES * COUNT.fields;
  const buffer = new SharedArrayBuffer(doubles * 8 + (words + guideCount) * 4);
  const terms = new Float64Array(buffer, 0, lines * TERM.fields);
  const thresholds = new Float64Array(buffer, lines * TERM.fields * 8, thresholdCount);
  const counts = new Int32Array(buffer, doubles * 8, words);
  const guide = new Int32Array(buffer, doubles * 8 + words * 4, guideCount);

  let start = 0;
  let guideStart = 0;
  const places = new Map<CountTable, readonly [start: number, guideStart: number]>();
  for (const table of distinct) {
    places.set(table, [start, guideStart]);
    thresholds.set(table.thresholds ?? [], start);
    guide.set(table.guide, guideStart);
    start += table.thresholds?.length ?? 0;
    guideStart += table.guide.length;
  }
  for (let i = 0; i < lines; i++) {
    for (const which of [PLACES, SIZES] as const) {
      const table = tablesOf[i][which];
      const [first, firstGuide] = places.get(table)!;
      const at = tableAt(i, which);
      counts[at + COUNT.start] = first;
      counts[at + COUNT.length] = table.thresholds?.length ?? -1;
      counts[at + COUNT.guideStart] = firstGuide;
      counts[at + COUNT.guideLength] = table.guide.length;
    }
    writeTerms(terms, i * TERM.fields, plan.lines[i]);
  }
  return { buffer, terms, thresholds, counts, guide };
}

interface CountTable {
  readonly thresholds: Float64Array | null;
  readonly guide: Int32Array;
}

/** The guide of a law that is searched, and that of a law that is always 0. */
const NO_GUIDE = new Int32Array(0);
const GUIDE_TO_ZERO = new Int32Array(1);

function tableOf(thresholds: Float64Array | null): CountTable {
  if (thresholds === null) return { thresholds, guide: NO_GUIDE };
  return { thresholds, guide: thresholds.length === 0 ? GUIDE_TO_ZERO : guideOf(thresholds) };
}

function countTables(line: Line): CountTable[] {
  const { places, sizes } = lineTables(line);
  return [tableOf(places), tableOf(sizes)];
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

/** Writes a line's row of terms from `at` on. */
function writeTerms(rows: Float64Array, at: number, { terms, survival }: Line): void {
  rows[at + TERM.deductible] = terms.deductible;
  rows[at + TERM.franchise] = terms.deductibleKind === "franchise" ? 1 : 0;
  rows[at + TERM.attachment] = terms.attachment;
  rows[at + TERM.limit] = terms.limit ?? Infinity;
  rows[at + TERM.aggregateDeductible] = terms.aggregateDeductible;
  rows[at + TERM.aggregateLimit] = terms.aggregateLimit ?? Infinity;
  rows[at + TERM.insurerShare] = terms.insurerShare;
  rows[at + TERM.survival] = survival;
}
