import { compiledModule } from "../../compiled-module.ts";
import { powerOfTwo } from "../../math/exponent.ts";
import { ROW } from "../compiled-plan.ts";
import { ROOTS } from "../recipe.ts";
import { plainQuantileTables } from "./plain-quantile-tables.ts";
import { LOWEST_OCTAVE, TOLERANCE, UPPER, lowestOctave, normalsAsked } from "./quantile-normals.ts";
import { QUANTILE_TABLE_WASM } from "./quantile-table-wasm.ts";
import { QUANTILE_TABLE_LENGTH, type QuantileTables, type Recipe } from "./quantile-table.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly matrixAt: () => number;
  readonly rootsAt: () => number;
  readonly normalsAt: () => number;
  readonly tableAt: () => number;
  readonly curveAt: () => number;
  readonly take: (curved: number, offset: number, slope: number, shift: number, tolerance: number) => void;
  readonly octave: (start: number) => number;
  readonly table: (lowest: number, lowestUpper: number) => number;
}

/** The longest curve that the module has room for: 1,500 cells. */
const MOST_ROWS = 1500 * ROW;

/** In WebAssembly, bit for bit `plainQuantileTables`, in a quarter of the time; null where the host has none with SIMD. */
export function compiledQuantileTables(): QuantileTables | null {
  const exports = compiledModule(QUANTILE_TABLE_WASM) as Exports | null;
  if (exports === null) return null;
  const { memory, take, octave, table } = exports;
  const doubles = (at: number, length: number) => new Float64Array(memory.buffer, at, length);
  const { nodes, toPowers } = ROW_INTERPOLATION;
  const matrix = doubles(exports.matrixAt(), ROW * ROW);
  // By nodes there, by powers here.
  for (let k = 0; k < ROW; k++) for (let j = 0; j < nodes.length; j++) matrix[j * ROW + k] = toPowers[k * ROW + j];
  doubles(exports.rootsAt(), ROOTS.length).set(ROOTS);
  const normals = normalsAsked();
  doubles(exports.normalsAt(), normals.length).set(normals);
  const made = doubles(exports.tableAt(), QUANTILE_TABLE_LENGTH);
  const curve = doubles(exports.curveAt(), MOST_ROWS);
  let plain: QuantileTables | undefined;

  /** False where there is no room for its curve. */
  function takeRecipe({ rows, offset, slope, shift }: Recipe): boolean {
    if (rows.length > MOST_ROWS) return false;
    curve.set(rows);
    take(Number(rows.length > 0), offset, slope, shift, TOLERANCE);
    return true;
  }

  return {
    isFineEnough(recipe) {
      if (!takeRecipe(recipe)) return (plain ??= plainQuantileTables()).isFineEnough(recipe);
      return [1, UPPER].every((unit) => octave(powerOfTwo(-2) * unit) !== 0);
    },
    write(recipe, out) {
      if (!takeRecipe(recipe)) return (plain ??= plainQuantileTables()).write(recipe, out);
      if (table(lowestOctave(recipe), LOWEST_OCTAVE) === 0) return false;
      out.set(made);
      return true;
    },
  };
}
