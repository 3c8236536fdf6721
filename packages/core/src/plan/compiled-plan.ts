/** Doubles a line in `CompiledPlan.terms`. An unlimited limit is Infinity; `franchise` is 1 or 0. */
export const TERM = {
  deductible: 0,
  franchise: 1,
  attachment: 2,
  limit: 3,
  aggregateDeductible: 4,
  aggregateLimit: 5,
  insurerShare: 6,
  /** S: a claim of a thinned line is Q(S · v) of the upper tail. 1: not thinned. */
  survival: 7,
  fields: 8,
} as const;

/** 32-bit words a table in `CompiledPlan.counts`. `length` is −1 where the law is searched: it has no table. */
export const COUNT = { start: 0, length: 1, guideStart: 2, guideLength: 3, fields: 4 } as const;

/**
 * A line's tables of thresholds, one after the other: where its claims fall, how many fall there (`LineTables`), and, for
 * a severity with finitely many amounts (STEPS), which of them a claim is.
 */
export const PLACES = 0;
export const SIZES = 1;
export const AMOUNTS = 2;
export const TABLES = 3;

export type CountTableName = typeof PLACES | typeof SIZES | typeof AMOUNTS;

/** Where the words of a line's table begin in `CompiledPlan.counts`. */
export function tableAt(line: number, table: CountTableName): number {
  return (line * TABLES + table) * COUNT.fields;
}

/** 32-bit words a line in `CompiledPlan.severities`. `start` is an index into `CompiledPlan.curves`. */
export const SEVERITY = { form: 0, start: 1, hasHoles: 2, fields: 4 } as const;

/**
 * How a claim's amount x follows from its uniform v (docs/numerics.md; ./recipe.ts is the definition in plain code).
 *
 * LINE: log2 x = offset + slope · z for z = Φ⁻¹(share · v), which the shared normal table knows. Lognormal laws.
 * CURVE: log2 x = shift + a polynomial of z, in cells; row k belongs to the position offset + slope · z in [k − ½, k + ½). A cell
 * that no polynomial describes, or that hardly a claim reaches, is a hole, its coefficients NaN: core's `holeFiller` answers for
 * it.
 * QUANTILE: x is looked up by share · v itself, in a table like the normal one, with fewer and longer rows.
 * STEPS: x is one of finitely many amounts, the one whose number is the count of thresholds (AMOUNTS) below v.
 */
export const FORM = { line: 0, curve: 1, quantile: 2, steps: 3 } as const;

/**
 * Doubles a line in `CompiledPlan.scales`. `share` is S for a thinned line, but for those whose S is in their table; `shift` log2 of
 * the scale of a law whose curve is that of scale 1.
 */
export const SCALE = { offset: 0, slope: 1, share: 2, shift: 3, fields: 4 } as const;

/** Doubles a row of the normal table (`LOOKUP_ROWS` of them), of a quantile table (`QUANTILE_ROWS`) and of a curve. */
export const ROW = 8;
export const LOOKUP_ROWS = 4096;
export const QUANTILE_ROWS = 1024;

/** Bytes at the start of `CompiledPlan.buffer` that hold nothing: a WebAssembly kernel's own constants go there. */
export const RESERVED_BYTES = 65_536;

/** A WebAssembly memory, as far as it is needed here; core does not depend on its types being there. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  /** Adds pages of 64 kB; returns how many there were. */
  grow(pages: number): number;
}

/**
 * A plan's numbers, made once and read by every kernel: flat arrays over one buffer, which workers share. Kernels get
 * doubles and know no law.
 */
export interface CompiledPlan {
  readonly buffer: SharedArrayBuffer;
  /** The memory that `buffer` belongs to, so that WebAssembly reads it where it is; null where there is no WebAssembly. */
  readonly memory: SharedMemory | null;
  readonly terms: Float64Array;
  readonly scales: Float64Array;
  readonly thresholds: Float64Array;
  /** The normal table (from 0 on), then quantile tables, curves and the amounts of STEPS. */
  readonly curves: Float64Array;
  readonly counts: Int32Array;
  readonly severities: Int32Array;
  readonly guide: Int32Array;
}
