/**
 * What changes the uniforms of a plan's driven lines, and nothing else: a kernel draws them as ever, hands them over, and
 * goes on with what it gets back. A driven line has one count uniform a trial and one uniform a claim.
 *
 * Every driver leaves each trial's uniforms, taken alone, independent and uniform, so that every trial keeps its law and
 * every mean over trials its expectation; what changes is how trials depend on each other. Drivers read and write
 * multiples of 2^-53 with 0 read as 2^-54, hence never 0 or 1 (grid.ts).
 *
 * Stateful, and so of one thread. `begin` comes first; then the driven lines' copies in the order of the plan, for each
 * one chunk of counts after the other from trial 0 on, and in between and afterwards the claims of trials whose counts
 * have come, in the order of these trials and, in a trial, of the claims. How all this is cut into chunks changes no bit;
 * a shorter block is the beginning of a longer one; what happened in other blocks is forgotten. Nothing is allocated once
 * warm.
 */
export interface Driver {
  /** Begins a block. */
  begin(block: number): void;
  /**
   * uniforms[0..n) are the count uniforms of trials first … first + n − 1 of the block, of copy `copy` of line `line`;
   * changes them in place. `first` = 0 begins a copy.
   */
  counts(line: number, copy: number, first: number, n: number, uniforms: Float64Array): void;
  /** uniforms[i] belongs to a claim of trial trials[i] of the block, for i < n; changes them in place. */
  claims(line: number, copy: number, n: number, uniforms: Float64Array, trials: Uint16Array): void;
}
