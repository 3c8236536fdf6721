import { powerOfTwo } from "../../math/exponent.ts";
import { QUANTILE_ROWS, ROW } from "../compiled-plan.ts";
import { QUANTILE_MIDDLES, curveAt, exp2, lookUp, quantileAt, quantileRowOf, rowOf, tailOf } from "../recipe.ts";
import { interpolation } from "./chebyshev.ts";
import { normalTable } from "./normal-table.ts";

const ROWS_PER_OCTAVE = 8;
/** A uniform's smaller tail is 2^-54 at least; that of a thinned line, which is of large amounts, 2^-63. */
const LOWEST_OCTAVE = -54;
const LOWEST_THINNED_OCTAVE = -63;
const UPPER = powerOfTwo(-64);
/** The table is not used where an amount at the end of a row, where polynomials err most, is off by more than this, relatively. */
const TOLERANCE = 1e-12;

const { nodes, write } = interpolation(ROW);
/** Tails of a row whose amounts are asked for: the nodes, and where it begins. */
const ASKED = ROW + 1;

/**
 * Claims over the plan's horizon that repay the building of one: 0.1 to 0.3 ms, against 0.6 to 3 ns each. The longest horizon
 * is that of every run from 65,537 trials on: with fewer claims than this, short runs would lose more than long ones win.
 * A plan of few lines can lose two milliseconds at most, which nobody notices, and win a tenth of a run of minutes.
 */
export function repayingClaims(lines: number): number {
  return lines <= FEW_LINES ? 100_000 : 1_000_000;
}

const FEW_LINES = 16;

/** Doubles and bytes of a quantile table. */
export const QUANTILE_TABLE_LENGTH = QUANTILE_ROWS * ROW;
export const QUANTILE_TABLE_BYTES = 8 * QUANTILE_TABLE_LENGTH;

/** What the amounts of a line are computed from without the table: log2 x is a straight line in z where there are no rows. */
interface Recipe {
  readonly rows: Float64Array;
  readonly offset: number;
  readonly slope: number;
  readonly share: number;
}

/** The normals of the tails that are asked for, by row: the same for every table. */
let normals: Float64Array | undefined;
const values = new Float64Array(ROW);
let scratch: Float64Array | undefined;

/** Whether 8 rows an octave do in the middle of the law, where they are coarsest: what tells it before there is room for a table. */
export function isFineEnough(recipe: Recipe): boolean {
  normals ??= normalsAsked();
  scratch ??= new Float64Array(QUANTILE_TABLE_LENGTH);
  for (const unit of [1, UPPER]) {
    const start = powerOfTwo(-2) * unit;
    if (!writeOctave(scratch, recipe, normals, quantileRowOf(start), ROWS_PER_OCTAVE / start)) return false;
  }
  return true;
}

/**
 * Writes the table of a line's amounts by tails, for `quantileAt`: one look-up instead of a normal, a curve and a power.
 * Returns whether it can be used: 8 rows an octave may be too coarse elsewhere too.
 */
export function writeQuantileTable(recipe: Recipe, table: Float64Array): boolean {
  normals ??= normalsAsked();
  const lowest = recipe.share < 1 ? LOWEST_THINNED_OCTAVE : LOWEST_OCTAVE;
  for (const [unit, from] of [
    [1, lowest],
    [UPPER, LOWEST_OCTAVE],
  ]) {
    // From the middle outwards: what is too coarse is so there.
    for (let octave = -2; octave >= from; octave--) {
      const start = powerOfTwo(octave) * unit;
      if (!writeOctave(table, recipe, normals, quantileRowOf(start), ROWS_PER_OCTAVE / start)) return false;
    }
  }
  // Of the octave of 1/2 only its beginning is a tail.
  const half = quantileRowOf(tailOf(0.5));
  table[half * ROW] = amountAt(recipe, normals[half * ASKED + ROW]);
  return true;
}

/** A function of its own, and short: the engine compiles what it has called often. Returns whether the rows are fine enough. */
function writeOctave(table: Float64Array, recipe: Recipe, z: Float64Array, first: number, perWidth: number): boolean {
  for (let row = first; row < first + ROWS_PER_OCTAVE; row++) {
    for (let k = 0; k < ROW; k++) values[k] = amountAt(recipe, z[row * ASKED + k]);
    write(values, table, row * ROW, perWidth);
    const start = QUANTILE_MIDDLES[row] - 0.5 / perWidth;
    if (!(Math.abs(quantileAt(table, 0, start) / amountAt(recipe, z[row * ASKED + ROW]) - 1) <= TOLERANCE))
      return false;
  }
  return true;
}

function amountAt({ rows, offset, slope }: Recipe, z: number): number {
  const position = slope * z + offset;
  return exp2(rows.length === 0 ? position : curveAt(rows, 0, position));
}

function normalsAsked(): Float64Array {
  const made = new Float64Array(QUANTILE_ROWS * ASKED);
  for (const unit of [1, UPPER]) {
    for (let octave = LOWEST_THINNED_OCTAVE; octave < 0; octave++) {
      const start = powerOfTwo(octave) * unit;
      // Of the octave of 1/2 only its beginning is a tail.
      const end = quantileRowOf(start) + (octave === -1 ? 1 : ROWS_PER_OCTAVE);
      for (let row = quantileRowOf(start); row < end; row++) writeAsked(made, row, start / ROWS_PER_OCTAVE);
    }
  }
  return made;
}

function writeAsked(out: Float64Array, row: number, width: number): void {
  const middle = QUANTILE_MIDDLES[row];
  for (let k = 0; k < ROW; k++) out[row * ASKED + k] = normalAt(middle + nodes[k] * width);
  out[row * ASKED + ROW] = normalAt(middle - width / 2);
}

function normalAt(tail: number): number {
  return lookUp(normalTable(), rowOf(tail) * ROW, tail);
}
