import type { Block } from "../contract.ts";

/** Trials in a block: the unit of work and of randomness. */
export const BLOCK_TRIALS = 4096;

/** The number of blocks that hold `trials` trials. */
export function blockCount(trials: number): number {
  return Math.ceil(trials / BLOCK_TRIALS);
}

/** Block `index` of a run of `trials` trials (null: endless). */
export function blockAt(index: number, trials: number | null): Block {
  const start = index * BLOCK_TRIALS;
  const end = trials === null ? start + BLOCK_TRIALS : Math.min(start + BLOCK_TRIALS, trials);
  return { index, start, end };
}
