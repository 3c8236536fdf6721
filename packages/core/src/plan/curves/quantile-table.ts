import { powerOfTwo } from "../../math/exponent.ts";
import { LOOKUP_ROWS, ROW } from "../compiled-plan.ts";
import { curveAt, lookUp, rowOf } from "../recipe.ts";
import { interpolation } from "./chebyshev.ts";
import type { Curve } from "./curve.ts";
import { exp2 } from "./folded.ts";
import { normalTable } from "./normal-table.ts";

const ROWS_PER_OCTAVE = 32;
/** A uniform's smaller tail is 2^-54 at least; that of a thinned line, which is of large amounts, 2^-63. */
const LOWEST_OCTAVE = -54;
const LOWEST_THINNED_OCTAVE = -63;
const MIDDLE = 7;
const UPPER = powerOfTwo(-64);
/** The table is not used where an amount between its nodes is off by more than this, relatively. */
const TOLERANCE = 5e-13;

const NODES = 6;
const { nodes, write } = interpolation(NODES);
const values = new Float64Array(NODES);

/** Bytes of a quantile table. */
export const QUANTILE_TABLE_BYTES = 8 * LOOKUP_ROWS * ROW;

/**
 * The amounts of a curve without holes by tails, for `lookUp`: one look-up instead of a normal, a curve and a power. Null
 * where 32 rows an octave are too coarse.
 */
export function quantileTable(curve: Pick<Curve, "rows" | "offset" | "slope">): Float64Array | null {
  const table = new Float64Array(LOOKUP_ROWS * ROW);
  const lowest = curve.slope < 0 ? LOWEST_THINNED_OCTAVE : LOWEST_OCTAVE;
  // Of the last octave, [½, 1), only its beginning is a smaller tail: it is a number, ½.
  const half = rowOf(0.5) * ROW;
  table[half] = amountAt(normalTable(), half, 0.5, curve.rows, curve.offset, curve.slope);
  for (let octave = -2; octave >= LOWEST_OCTAVE; octave--) {
    if (!writeOctave(table, powerOfTwo(octave) * UPPER, curve)) return null;
  }
  for (let octave = -2; octave >= lowest; octave--) {
    if (!writeOctave(table, powerOfTwo(octave), curve)) return null;
  }
  return table;
}

/** As in the normal table: short functions that are called often, and so compiled soon. Whether the rows are fine enough. */
function writeOctave(
  table: Float64Array,
  start: number,
  { rows, offset, slope }: Pick<Curve, "rows" | "offset" | "slope">,
): boolean {
  const normals = normalTable();
  const width = start / ROWS_PER_OCTAVE;
  // The rows of an octave follow each other, in this table and in the normal one.
  const first = rowOf(start) * ROW;
  for (let row = 0; row < ROWS_PER_OCTAVE; row++) {
    const at = first + row * ROW;
    const tail = start + row * width;
    writeRow(table, at, tail + width / 2, width, normals, rows, offset, slope);
    const expected = amountAt(normals, at, tail, rows, offset, slope);
    if (!(Math.abs(lookUp(table, at, tail) - expected) <= TOLERANCE * expected)) return false;
  }
  return true;
}

function writeRow(
  table: Float64Array,
  at: number,
  middle: number,
  width: number,
  normals: Float64Array,
  rows: Float64Array,
  offset: number,
  slope: number,
): void {
  for (let k = 0; k < NODES; k++) values[k] = amountAt(normals, at, middle + nodes[k] * width, rows, offset, slope);
  write(values, table, at, 1 / width);
  table[at + MIDDLE] = middle;
}

/** The amount at a tail that is in the row at `at`. */
function amountAt(
  normals: Float64Array,
  at: number,
  tail: number,
  rows: Float64Array,
  offset: number,
  slope: number,
): number {
  return exp2(curveAt(rows, 0, slope * lookUp(normals, at, tail) + offset));
}
