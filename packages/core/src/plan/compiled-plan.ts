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

/** A line's two tables, one after the other: where its claims fall, and how many fall there (`LineTables`). */
export const PLACES = 0;
export const SIZES = 1;
export const TABLES = 2;

/** Where the words of a line's table begin in `CompiledPlan.counts`. */
export function tableAt(line: number, table: typeof PLACES | typeof SIZES): number {
  return (line * TABLES + table) * COUNT.fields;
}

/**
 * A plan's numbers, made once and read by every kernel: flat arrays over one buffer, which workers share. Kernels get
 * doubles and know no law.
 */
export interface CompiledPlan {
  readonly buffer: SharedArrayBuffer;
  readonly terms: Float64Array;
  readonly thresholds: Float64Array;
  readonly counts: Int32Array;
  readonly guide: Int32Array;
}
