import { countLaw } from "../laws/counts/index.ts";
import { LARGEST_UNIFORM } from "../laws/counts/numerics/uniform-grid.ts";
import { BLOCK_TRIALS } from "./block.ts";

/**
 * The thresholds of the number of trials without claims before the next with some, where a trial has claims with
 * probability `hit`: geometric. At most 4,096 of them, for a gap beyond them leaves the block.
 */
export function gapThresholds(hit: number): Float64Array {
  const law = countLaw({ law: "geometric", prob: hit });
  const thresholds: number[] = [];
  for (let gap = 0; gap < BLOCK_TRIALS; gap++) {
    const threshold = law.cdf(gap);
    if (threshold >= LARGEST_UNIFORM) break;
    thresholds.push(threshold);
  }
  return Float64Array.from(thresholds);
}
