import { powerOfTwo } from "../../math/exponent.ts";
import { LOOKUP_ROWS, ROW } from "../compiled-plan.ts";
import { curveAt, exp2, lookUp, rowOf, tailOf } from "../recipe.ts";
import { interpolation } from "./chebyshev.ts";
import type { Curve } from "./curve.ts";
import { normalTable } from "./normal-table.ts";

const ROWS_PER_OCTAVE = 32;
/** A uniform's smaller tail is 2^-54 at least; that of a thinned line, which is of large amounts, 2^-63. */
const LOWEST_OCTAVE = -54;
const LOWEST_THINNED_OCTAVE = -63;
const MIDDLE = 7;
const UPPER = powerOfTwo(-64);
/** The table is not used where an amount between its nodes is off by more than this, relatively. */
const TOLERANCE = 5e-13;

const { nodes, write } = interpolation(6);

/** Bytes of a quantile table. */
export const QUANTILE_TABLE_BYTES = 8 * LOOKUP_ROWS * ROW;

/**
 * The amounts of a curve without holes by tails, for `lookUp`: one look-up instead of a normal, a curve and a power. Null
 * where 32 rows an octave are too coarse. Takes some 0.6 ms.
 */
export function quantileTable({ rows, offset, slope }: Pick<Curve, "rows" | "offset" | "slope">): Float64Array | null {
  const normals = normalTable();
  const amountAt = (tail: number): number => {
    const z = lookUp(normals, rowOf(tail) * ROW, tail);
    return exp2(curveAt(rows, 0, slope * z + offset));
  };
  const table = new Float64Array(LOOKUP_ROWS * ROW);
  const values = new Float64Array(nodes.length);
  for (const unit of [1, UPPER]) {
    const lowest = unit === 1 && slope < 0 ? LOWEST_THINNED_OCTAVE : LOWEST_OCTAVE;
    for (let octave = lowest; octave < 0; octave++) {
      const width = (powerOfTwo(octave) / ROWS_PER_OCTAVE) * unit;
      // Of the last octave, [½, 1), only its beginning is a smaller tail: it is a number, ½.
      const count = octave === -1 ? 1 : ROWS_PER_OCTAVE;
      for (let row = 0; row < count; row++) {
        const start = powerOfTwo(octave) * unit + row * width;
        const at = rowOf(start) * ROW;
        const middle = start + width / 2;
        table[at + MIDDLE] = middle;
        if (octave === -1) {
          table[at] = amountAt(tailOf(0.5));
          continue;
        }
        for (let k = 0; k < nodes.length; k++) values[k] = amountAt(middle + nodes[k] * width);
        write(values, table, at, 1 / width);
        if (!(Math.abs(lookUp(table, at, start) / amountAt(start) - 1) <= TOLERANCE)) return null;
      }
    }
  }
  return table;
}
