import {
  AMOUNTS,
  COUNT,
  type CompiledPlan,
  type CountTableName,
  LOOKUP_ROWS,
  PLACES,
  RESERVED_BYTES,
  ROW,
  SCALE,
  SEVERITY,
  SIZES,
  TABLES,
  TERM,
  tableAt,
} from "./compiled-plan.ts";
import { type CountTable, countTable, countTables } from "./count-table.ts";
import { normalTable } from "./curves/normal-table.ts";
import { type SeverityTable, severityTables } from "./curves/severity-tables.ts";
import type { Line, Plan } from "./plan.ts";
import { planMemory } from "./plan-memory.ts";

/** Compiles a plan. Lines that draw the same counts share their tables, and so do lines with the same claims. */
export function compile(plan: Plan): CompiledPlan {
  const severities = severityTables(plan);
  const amounts = new Map<SeverityTable, CountTable>();
  for (const table of severities) if (!amounts.has(table)) amounts.set(table, countTable(table.thresholds));
  const counts = countTables(plan.lines);

  const thresholds = new Places<CountTable>((table) => table.thresholds?.length ?? 0);
  const guides = new Places<CountTable>(({ guide }) => guide.length);
  const curves = new Places<Float64Array>((rows) => rows.length, LOOKUP_ROWS * ROW);
  for (const table of [...counts.flat(), ...amounts.values()]) {
    thresholds.add(table);
    guides.add(table);
  }
  for (const { rows } of amounts.keys()) curves.add(rows);

  const compiled = allocate(plan.lines.length, thresholds.length, curves.length, guides.length);
  compiled.curves.set(normalTable());
  for (const [table, start] of thresholds.starts) compiled.thresholds.set(table.thresholds ?? [], start);
  for (const [table, start] of guides.starts) compiled.guide.set(table.guide, start);
  for (const [rows, start] of curves.starts) compiled.curves.set(rows, start);
  plan.lines.forEach((line, i) => {
    writeTerms(compiled.terms, i * TERM.fields, line);
    const [places, sizes] = counts[i];
    writeCounts(i, PLACES, places);
    writeCounts(i, SIZES, sizes);
    writeCounts(i, AMOUNTS, amounts.get(severities[i])!);
    const { form, offset, slope, share, hasHoles, rows } = severities[i];
    compiled.scales[i * SCALE.fields + SCALE.offset] = offset;
    compiled.scales[i * SCALE.fields + SCALE.slope] = slope;
    compiled.scales[i * SCALE.fields + SCALE.share] = share;
    compiled.severities[i * SEVERITY.fields + SEVERITY.form] = form;
    compiled.severities[i * SEVERITY.fields + SEVERITY.start] = curves.starts.get(rows)!;
    compiled.severities[i * SEVERITY.fields + SEVERITY.hasHoles] = hasHoles ? 1 : 0;
  });
  return compiled;

  function writeCounts(line: number, which: CountTableName, table: CountTable): void {
    const at = tableAt(line, which);
    compiled.counts[at + COUNT.start] = thresholds.starts.get(table)!;
    compiled.counts[at + COUNT.length] = table.thresholds?.length ?? -1;
    compiled.counts[at + COUNT.guideStart] = guides.starts.get(table)!;
    compiled.counts[at + COUNT.guideLength] = table.guide.length;
  }
}

/** Where each of several tables begins in one array that holds them all, each once. */
class Places<T> {
  readonly starts = new Map<T, number>();
  length: number;
  readonly #lengthOf: (table: T) => number;

  constructor(lengthOf: (table: T) => number, start = 0) {
    this.#lengthOf = lengthOf;
    this.length = start;
  }

  add(table: T): void {
    if (this.starts.has(table)) return;
    this.starts.set(table, this.length);
    this.length += this.#lengthOf(table);
  }
}

/** The arrays of a plan, one after the other in one buffer. */
function allocate(lines: number, thresholds: number, curves: number, guides: number): CompiledPlan {
  const doubles = [curves, lines * TERM.fields, lines * SCALE.fields, thresholds];
  const words = [lines * TABLES * COUNT.fields, lines * SEVERITY.fields, guides];
  const sum = (lengths: readonly number[]) => lengths.reduce((total, length) => total + length, 0);
  const { buffer, memory } = planMemory(RESERVED_BYTES + 8 * sum(doubles) + 4 * sum(words));
  let at = RESERVED_BYTES;
  // Curves come first: their rows, 64 bytes each, then are whole lines of a cache, but for those behind steps.
  const [curveRows, termRows, scaleRows, thresholdRow] = doubles.map((length) => {
    const array = new Float64Array(buffer, at, length);
    at += array.byteLength;
    return array;
  });
  const [countRows, severityRows, guideRow] = words.map((length) => {
    const array = new Int32Array(buffer, at, length);
    at += array.byteLength;
    return array;
  });
  return {
    buffer,
    memory,
    terms: termRows,
    scales: scaleRows,
    thresholds: thresholdRow,
    curves: curveRows,
    counts: countRows,
    severities: severityRows,
    guide: guideRow,
  };
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
