import { powerOfTwo } from "../../math/exponent.ts";
import { QUANTILE_ROWS, ROW } from "../compiled-plan.ts";
import { QUANTILE_MIDDLES, lookUp, quantileRowOf, rowOf } from "../recipe.ts";
import { normalTable } from "./normal-table.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

export const ROWS_PER_OCTAVE = 8;
/** A uniform's smaller tail is 2^-54 at least; that of a thinned line, which is of large amounts, 2^-63. */
export const LOWEST_OCTAVE = -54;
const LOWEST_THINNED_OCTAVE = -63;
/** What tells upper tails from lower ones (`tailOf`). */
export const UPPER = powerOfTwo(-64);
/** A table is not used where an amount at the end of a row, where polynomials err most, is off by more than this, relatively. */
export const TOLERANCE = 1e-12;
/** Tails of a row whose amounts are asked for: the nodes, and where it begins. */
export const ASKED = ROW + 1;

export function lowestOctave({ share }: { readonly share: number }): number {
  return share < 1 ? LOWEST_THINNED_OCTAVE : LOWEST_OCTAVE;
}

/** The normals of the tails that are asked for, by row: the same for every table. */
export function normalsAsked(): Float64Array {
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
  for (let k = 0; k < ROW; k++) out[row * ASKED + k] = normalAt(middle + ROW_INTERPOLATION.nodes[k] * width);
  out[row * ASKED + ROW] = normalAt(middle - width / 2);
}

function normalAt(tail: number): number {
  return lookUp(normalTable(), rowOf(tail) * ROW, tail);
}
