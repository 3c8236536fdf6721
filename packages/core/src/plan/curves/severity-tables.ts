import type { SeveritySpec } from "../../laws/severities/index.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { FORM } from "../compiled-plan.ts";
import { mix, repeatedValues } from "../fingerprint.ts";
import { drawnMean } from "../line-tables.ts";
import type { Line, Plan } from "../plan.ts";
import { MOST_LOG2 } from "../recipe.ts";
import { LEAST_SHARE } from "./amount-at.ts";
import { LawCurves, Reaches } from "./law-curves.ts";
import { QUANTILE_TABLE_BYTES, repayingClaims } from "./quantile-table.ts";
import { quantileTables } from "./quantile-tables.ts";
import { hasSteps, stepsOf } from "./steps.ts";

/** What a line's amounts are computed from. */
export interface SeverityTable {
  readonly form: (typeof FORM)[keyof typeof FORM];
  readonly offset: number;
  readonly slope: number;
  readonly share: number;
  readonly shift: number;
  readonly hasHoles: boolean;
  readonly hasKink: boolean;
  /** What goes into `CompiledPlan.curves`, but for quantile tables, which are made there. */
  readonly rows: Float64Array;
  /** Thresholds of STEPS. */
  readonly thresholds: Float64Array;
}

const LN2 = LN2_HIGH + LN2_LOW;
const NONE = new Float64Array(0);
/** No z is beyond: Φ⁻¹ of the smallest tail of the normal table, 2^-63. */
const MOST_Z = 9.1;

/** All of them together take 64 MiB. */
const MOST_QUANTILE_TABLES = 67_108_864 / QUANTILE_TABLE_BYTES;

/** What a plan's amounts are computed from. */
export interface SeverityTables {
  /** Lines with equal claims share one, and its rows with those that are thinned otherwise or of another scale. */
  of(line: number): SeverityTable;
  /** All but the straight lines that are of one line alone and repay no quantile table: a plan may have ten thousand. */
  readonly tables: readonly SeverityTable[];
  /** Those that a quantile table instead would repay, the most used first, then the first. */
  readonly repaying: readonly SeverityTable[];
}

/** The tables of a plan's lines. `spend` is told of bytes as they are made, and of the part of the lines that is done. */
export function severityTables(
  { lines, horizon }: Pick<Plan, "lines" | "horizon">,
  spend: (bytes: number, done: number) => void = () => {},
): SeverityTables {
  const least = repayingClaims(lines.length);
  const curves = new LawCurves(reachesOf({ lines, horizon }));
  const shared = new SharedTables(curves);
  const { tables } = shared;
  const claims: number[] = [];
  const isAlone = loneLines(lines, least / horizon);
  const byLine = lines.map((line, i) => {
    if (isAlone(i)) return null;
    const before = curves.bytes + shared.stepBytes;
    const table = shared.indexOf(line);
    spend(curves.bytes + shared.stepBytes - before, (i + 1) / lines.length);
    claims[table] = (claims[table] ?? 0) + drawnMean(line) * line.copies;
    return tables[table];
  });
  const repaying = tables
    .map((table, i) => ({ table, mean: claims[i] }))
    .filter(
      ({ table, mean }) =>
        mean * horizon >= least &&
        table.form !== FORM.steps &&
        !table.hasHoles &&
        !table.hasKink &&
        quantileTables().isFineEnough(table),
    );
  repaying.sort((a, b) => b.mean - a.mean).splice(MOST_QUANTILE_TABLES);
  spend(repaying.length * QUANTILE_TABLE_BYTES, 1);
  return {
    of: (line) => byLine[line] ?? straightLine(lines[line] as StraightLine),
    tables,
    repaying: repaying.map(({ table }) => table),
  };
}

/** Tells the straight lines that no other shares, of fewer than `most` claims a year. */
function loneLines(lines: readonly Line[], most: number): (line: number) => boolean {
  const prints = new Float64Array(lines.length).fill(NaN);
  lines.forEach((line, i) => {
    if (!isStraight(line)) return;
    const { meanlog, sdlog } = line.severity;
    prints[i] = mix(meanlog, mix(sdlog, line.survival));
  });
  const repeated = repeatedValues(prints);
  return (i) => !Number.isNaN(prints[i]) && !repeated.has(prints[i]) && drawnMean(lines[i]) * lines[i].copies < most;
}

/** How far the claims of a plan's lines go that have curves. */
export function reachesOf({ lines, horizon }: Pick<Plan, "lines" | "horizon">): Reaches {
  return new Reaches(lines.filter(hasCurve), horizon, repayingClaims(lines.length));
}

/** About how many quantile tables a plan gets: lines that share one are counted one by one, and so are those with holes. */
export function quantileTableCount({ lines, horizon }: Pick<Plan, "lines" | "horizon">): number {
  const least = repayingClaims(lines.length);
  let count = 0;
  for (const line of lines) {
    if (drawnMean(line) * line.copies * horizon >= least && !hasSteps(line.severity)) count++;
  }
  return Math.min(count, MOST_QUANTILE_TABLES);
}

/** The tables of a plan's lines, one for lines that draw the same claims. */
class SharedTables {
  readonly tables: SeverityTable[] = [];
  /** Bytes of all tables of STEPS. */
  stepBytes = 0;
  readonly #curves: LawCurves;
  readonly #byText = new Map<string, number>();
  readonly #byPrint = new Map<number, number>();

  constructor(curves: LawCurves) {
    this.#curves = curves;
  }

  /** Which of `tables` a line has. */
  indexOf(line: Line): number {
    return isStraight(line) ? this.#indexOfStraight(straightLine(line)) : this.#indexOfOther(line);
  }

  /** Of the laws that large books are made of, without a text for each: where two have one print, the second shares nothing. */
  #indexOfStraight(table: SeverityTable): number {
    const print = mix(table.offset, mix(table.slope, table.share));
    const found = this.#byPrint.get(print);
    if (found === undefined) this.#byPrint.set(print, this.tables.length);
    else if (isSameLine(this.tables[found], table)) return found;
    return this.tables.push(table) - 1;
  }

  #indexOfOther(line: Line): number {
    const text = JSON.stringify([line.severity, line.survival]);
    const found = this.#byText.get(text);
    if (found !== undefined) return found;
    this.#byText.set(text, this.tables.length);
    const table = stepsTable(line) ?? curveTable(line, this.#curves);
    if (table.form === FORM.steps) this.stepBytes += 8 * (table.rows.length + table.thresholds.length);
    return this.tables.push(table) - 1;
  }
}

function isSameLine(a: SeverityTable, b: SeverityTable): boolean {
  return a.offset === b.offset && a.slope === b.slope && a.share === b.share;
}

/** A line of a lognormal law: log2 x is a straight line in z. */
type StraightLine = Line & { readonly severity: Extract<SeveritySpec, { readonly law: "lognormal" }> };

function isStraight(line: Line): line is StraightLine {
  const { severity: spec, survival } = line;
  if (spec.law !== "lognormal" || survival < LEAST_SHARE) return false;
  return Math.abs(spec.meanlog / LN2) + MOST_Z * (spec.sdlog / LN2) <= MOST_LOG2;
}

/** Of a thinned line z is that of the upper tail, and log2 x falls. */
function straightLine({ severity: spec, survival }: StraightLine): SeverityTable {
  const slope = (survival < 1 ? -spec.sdlog : spec.sdlog) / LN2;
  return {
    form: FORM.line,
    offset: spec.meanlog / LN2,
    slope,
    share: survival,
    shift: 0,
    hasHoles: false,
    hasKink: false,
    rows: NONE,
    thresholds: NONE,
  };
}

/** Whether a line's amounts need a curve of its law. */
export function hasCurve(line: Line): boolean {
  return !isStraight(line) && !hasSteps(line.severity);
}

function stepsTable({ severity: spec, survival }: Line): SeverityTable | undefined {
  const steps = stepsOf(spec, survival);
  if (steps === null) return undefined;
  const { thresholds, amounts: rows } = steps;
  return {
    form: FORM.steps,
    offset: 0,
    slope: 0,
    share: 1,
    shift: 0,
    hasHoles: false,
    hasKink: false,
    rows,
    thresholds,
  };
}

function curveTable({ severity: spec, survival }: Line, curves: LawCurves): SeverityTable {
  const curve = curves.get(spec, survival);
  const isMirrored = survival < 1 && survival >= LEAST_SHARE;
  const slope = isMirrored ? -curve.slope : curve.slope;
  return { form: FORM.curve, thresholds: NONE, ...curve, slope, share: isMirrored ? survival : 1 };
}
