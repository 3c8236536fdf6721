/** What the passes read of a line; made once. */
export interface Work {
  /** The chunk's uniforms, where they were drawn. */
  readonly uniforms: Float64Array;
  /** The line's row of CompiledPlan.scales; fields as SCALE. */
  readonly scale: Float64Array;
  /** The line's own table, a curve's or a look-up table's, or the amounts of STEPS. */
  readonly rows: Float64Array;
  /** The line's row of CompiledPlan.terms; fields as TERM. */
  readonly terms: Float64Array;
}

/** One step of a chunk's `n` claims, which fall in the first `n` of `trials`. */
export type Pass = (n: number, work: Work, trials: Uint16Array) => void;
