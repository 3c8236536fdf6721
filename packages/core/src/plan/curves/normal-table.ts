import { compiledModule } from "../../compiled-module.ts";
import { LOOKUP_ROWS, ROW } from "../compiled-plan.ts";
import { NORMAL_TABLE_WASM } from "./normal-table-wasm.ts";
import { plainNormalTable } from "./plain-normal-table.ts";

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly make: () => void;
}

let table: Float64Array | undefined;

/**
 * Φ⁻¹ by tails (`tailOf`), for `lookUp`: 32 rows an octave, a polynomial of degree 5 each. Absolute error below 3e-14.
 * Made once; 262 kB, of which a run touches a tenth.
 */
export function normalTable(): Float64Array {
  return (table ??= compiledNormalTable() ?? plainNormalTable());
}

/** By assembly/normal-table.ts; null without WebAssembly. */
export function compiledNormalTable(): Float64Array | null {
  const exports = compiledModule(NORMAL_TABLE_WASM) as Exports | null;
  if (exports === null) return null;
  exports.make();
  return new Float64Array(exports.memory.buffer, 0, LOOKUP_ROWS * ROW);
}
