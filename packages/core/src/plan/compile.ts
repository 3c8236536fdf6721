import { sumOf } from "../math/fold.ts";
import {
  AMOUNTS,
  COUNT,
  type CompiledPlan,
  FORM,
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
import { LossmillError } from "../errors.ts";
import { blockCount } from "./block.ts";
import { CountTables, NOTHING } from "./count-tables.ts";
import { normalTable } from "./curves/normal-table.ts";
import { QUANTILE_TABLE_LENGTH } from "./curves/quantile-table.ts";
import { quantileTables } from "./curves/quantile-tables.ts";
import { type SeverityTable, severityTables } from "./curves/severity-tables.ts";
import type { Line, Plan } from "./plan.ts";
import { planMemory } from "./plan-memory.ts";

/**
 * Compiles a plan. Lines that draw the same counts share their tables, and so do lines with the same claims. While it is
 * compiled a plan takes about twice the memory of its buffer, but for quantile tables: what others need is only known once
 * they are made.
 *
 * @throws LossmillError OUT_OF_MEMORY as soon as that exceeds `mostBytes`, with a guess of what would do
 */
export function compile(plan: Plan, mostBytes = Infinity): CompiledPlan {
  const { lines } = plan;
  let spent = 0;
  let before = 0;
  /** `done`: the part of the lines that is done. What is made is then copied into one buffer. */
  const spend = (bytes: number, done: number): void => {
    spent += bytes;
    if (spent > mostBytes) refuseSize(2 * (before + (spent - before) / done), mostBytes);
  };
  const severities = severityTables(plan, spend);
  const { repaying } = severities;
  before = spent;
  const tables = new CountTables(plan.trials === null ? Infinity : blockCount(plan.trials));
  const counts = lines.map((line, i) => {
    const known = tables.bytes;
    const added = tables.addLine(line);
    spend(tables.bytes - known, (i + 1) / lines.length);
    return added;
  });
  const { stepped, curves, curveLength } = placeSeverities(severities.tables, tables);
  const curvesAndQuantiles = curveLength + repaying.length * QUANTILE_TABLE_LENGTH;
  const needed = spent + bytesOf(arraysOf(lines.length, tables.thresholdCount, curvesAndQuantiles, tables.guideCount));
  if (needed > mostBytes) refuseSize(needed, mostBytes);

  const compiled = allocate(lines.length, tables.thresholdCount, curvesAndQuantiles, tables.guideCount);
  compiled.curves.set(normalTable());
  compiled.thresholds.set(tables.thresholds);
  compiled.guide.set(tables.guide);
  for (const [rows, start] of curves) compiled.curves.set(rows, start);
  const quantiles = writeQuantileTables(repaying, compiled.curves, curveLength);
  for (let i = 0; i < lines.length; i++) {
    const severity = severities.of(i);
    writeTerms(compiled.terms, i * TERM.fields, lines[i]);
    const quantileStart = quantiles.get(severity);
    const form = quantileStart === undefined ? severity.form : FORM.quantile;
    writeSeverity(compiled, i, severity, form, quantileStart ?? curves.get(severity.rows) ?? 0);
    writeTable(compiled.counts, tableAt(i, PLACES), tables, counts[i].places);
    writeTable(compiled.counts, tableAt(i, SIZES), tables, counts[i].sizes);
    writeTable(compiled.counts, tableAt(i, AMOUNTS), tables, stepped.get(severity) ?? NOTHING);
  }
  return compiled;
}

/** Where the rows and the thresholds of severities go that have some: not the lognormal ones, of which a book may have many. */
function placeSeverities(severities: readonly SeverityTable[], tables: CountTables) {
  const stepped = new Map<SeverityTable, number>();
  const curves = new Map<Float64Array, number>();
  let curveLength = LOOKUP_ROWS * ROW;
  for (const table of severities) {
    const { rows, thresholds } = table;
    if (rows.length === 0) continue;
    stepped.set(table, tables.add(thresholds));
    // Lines that are thinned otherwise, or of another scale, have the same rows.
    if (curves.has(rows)) continue;
    curves.set(rows, curveLength);
    curveLength += rows.length;
  }
  return { stepped, curves, curveLength };
}

/** Makes quantile tables where they are to be: fresh memory is slow. Returns where each begins that can be used. */
function writeQuantileTables(repaying: readonly SeverityTable[], curves: Float64Array, from: number) {
  const starts = new Map<SeverityTable, number>();
  let start = from;
  for (const table of repaying) {
    const end = start + QUANTILE_TABLE_LENGTH;
    if (!quantileTables().write(table, curves.subarray(start, end))) continue;
    starts.set(table, start);
    start = end;
  }
  return starts;
}

function refuseSize(needed: number, most: number): never {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB`;
  const message = `the tables of this book's laws need about ${megabytes(needed)} while they are made, the limit is ${megabytes(most)}`;
  throw new LossmillError("OUT_OF_MEMORY", { place: "memoryLimit", message });
}

/** How long the arrays of a plan are. */
function arraysOf(lines: number, thresholds: number, curves: number, guides: number) {
  return {
    doubles: [curves, lines * TERM.fields, lines * SCALE.fields, thresholds],
    words: [lines * TABLES * COUNT.fields, lines * SEVERITY.fields, guides],
  };
}

function bytesOf({ doubles, words }: ReturnType<typeof arraysOf>): number {
  return RESERVED_BYTES + 8 * sumOf(doubles) + 4 * sumOf(words);
}

/** The arrays of a plan, one after the other in one buffer. */
function allocate(lines: number, thresholds: number, curves: number, guides: number): CompiledPlan {
  const lengths = arraysOf(lines, thresholds, curves, guides);
  const { doubles, words } = lengths;
  const { buffer, memory } = planMemory(bytesOf(lengths));
  // Curves come first: their rows, 64 bytes each, then are whole lines of a cache, but for those behind steps.
  const startOfWords = RESERVED_BYTES + 8 * sumOf(doubles);
  const [curveRows, termRows, scaleRows, thresholdRow] = doubles.map(
    (length, i) => new Float64Array(buffer, RESERVED_BYTES + 8 * sumOf(doubles.slice(0, i)), length),
  );
  const [countRows, severityRows, guideRow] = words.map(
    (length, i) => new Int32Array(buffer, startOfWords + 4 * sumOf(words.slice(0, i)), length),
  );
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

function writeTable(words: Int32Array, at: number, tables: CountTables, table: number): void {
  words[at + COUNT.start] = tables.starts[table];
  words[at + COUNT.length] = tables.lengths[table];
  words[at + COUNT.guideStart] = tables.guideStarts[table];
  words[at + COUNT.guideLength] = tables.guideLengths[table];
}

function writeSeverity(
  compiled: CompiledPlan,
  line: number,
  severity: SeverityTable,
  form: SeverityTable["form"],
  start: number,
): void {
  const { scales, severities } = compiled;
  scales[line * SCALE.fields + SCALE.offset] = severity.offset;
  scales[line * SCALE.fields + SCALE.slope] = severity.slope;
  scales[line * SCALE.fields + SCALE.share] = severity.share;
  scales[line * SCALE.fields + SCALE.shift] = severity.shift;
  severities[line * SEVERITY.fields + SEVERITY.form] = form;
  severities[line * SEVERITY.fields + SEVERITY.start] = start;
  severities[line * SEVERITY.fields + SEVERITY.hasHoles] = severity.hasHoles ? 1 : 0;
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
