import { powerOfTwo } from "../../math/exponent.ts";
import { ROW } from "../compiled-plan.ts";
import { QUANTILE_MIDDLES, curveAt, exp2, quantileAt, quantileRowOf, tailOf } from "../recipe.ts";
import {
  ASKED,
  LOWEST_OCTAVE,
  ROWS_PER_OCTAVE,
  TOLERANCE,
  UPPER,
  lowestOctave,
  normalsAsked,
} from "./quantile-normals.ts";
import { QUANTILE_TABLE_LENGTH, type QuantileTables, type Recipe } from "./quantile-table.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

const values = new Float64Array(ROW);

/** In plain code. */
export function plainQuantileTables(): QuantileTables {
  const normals = normalsAsked();
  const scratch = new Float64Array(QUANTILE_TABLE_LENGTH);
  const octave = (table: Float64Array, recipe: Recipe, start: number) =>
    writeOctave(table, recipe, normals, quantileRowOf(start), ROWS_PER_OCTAVE / start);

  return {
    isFineEnough: (recipe) => [1, UPPER].every((unit) => octave(scratch, recipe, powerOfTwo(-2) * unit)),
    write(recipe, table) {
      table.fill(0);
      for (const [unit, lowest] of [
        [1, lowestOctave(recipe)],
        [UPPER, LOWEST_OCTAVE],
      ]) {
        // From the middle outwards: what is too coarse is so there.
        for (let k = -2; k >= lowest; k--) if (!octave(table, recipe, powerOfTwo(k) * unit)) return false;
      }
      // Of the octave of 1/2 only its beginning is a tail.
      const half = quantileRowOf(tailOf(0.5));
      table[half * ROW] = amountAt(recipe, normals[half * ASKED + ROW]);
      return true;
    },
  };
}

/** A function of its own, and short: the engine compiles what it has called often. Returns whether the rows are fine enough. */
function writeOctave(table: Float64Array, recipe: Recipe, z: Float64Array, first: number, perWidth: number): boolean {
  for (let row = first; row < first + ROWS_PER_OCTAVE; row++) {
    for (let k = 0; k < ROW; k++) values[k] = amountAt(recipe, z[row * ASKED + k]);
    ROW_INTERPOLATION.write(values, table, row * ROW, perWidth);
    const start = QUANTILE_MIDDLES[row] - 0.5 / perWidth;
    if (!(Math.abs(quantileAt(table, 0, start) / amountAt(recipe, z[row * ASKED + ROW]) - 1) <= TOLERANCE))
      return false;
  }
  return true;
}

function amountAt({ rows, offset, slope, shift }: Recipe, z: number): number {
  const position = slope * z + offset;
  return exp2(rows.length === 0 ? position : curveAt(rows, 0, position) + shift);
}
