import { LossmillError } from "../errors.ts";
import { BLOCK_TRIALS } from "../plan/block.ts";

/** Which trials belong together: groups are independent and alike; trials within one need not be. */
export type Grouping =
  /** Trials [g · size, (g + 1) · size) are group g: 1 for plain trials, 2 for pairs. The last one may be shorter. */
  | { readonly size: number }
  /** Trial t is in group ⌊t / 4096⌋ mod replicates. */
  | { readonly replicates: number };

/** The groups of some trials. Runs of `run` consecutive trials go to groups 0, 1, … in turn, and again from 0 on. */
export interface Groups {
  readonly trials: number;
  readonly count: number;
  readonly run: number;
  /** Whether a group has more than one run. */
  readonly isWrapped: boolean;
  /** How many trials group g has. */
  readonly sizeOf: (g: number) => number;
  /** The squares of these numbers, added up. */
  readonly squaredSizes: number;
}

/** The groups of `trials` trials, 1 at least. Throws LossmillError BAD_CONFIGURATION for what is not a whole number above 0. */
export function groupsOf(grouping: Grouping, trials: number): Groups {
  const [name, number] = "size" in grouping ? ["size", grouping.size] : ["replicates", grouping.replicates];
  if (!Number.isSafeInteger(number) || number < 1) {
    const message = `expected a whole number above 0, found ${number}`;
    throw new LossmillError("BAD_CONFIGURATION", { place: `grouping.${name}`, message });
  }
  const run = name === "size" ? number : BLOCK_TRIALS;
  const runs = Math.ceil(trials / run);
  const count = name === "size" ? runs : Math.min(number, runs);
  const last = (runs - 1) % count;
  const missing = runs * run - trials;
  const isWrapped = count < runs;
  const sizeOf = (g: number) => {
    const size = isWrapped ? run * (Math.floor((runs - 1 - g) / count) + 1) : run;
    return g === last ? size - missing : size;
  };
  let squaredSizes = 0;
  for (let g = 0; g < count; g++) squaredSizes += sizeOf(g) * sizeOf(g);
  return { trials, count, run, isWrapped, sizeOf, squaredSizes };
}

/** Whether groups are so small, and so many, that what skews their sums can be seen. */
export function isSmall(run: number): boolean {
  return run <= 2;
}

/** Σ (value − centre) of each group. Trial by trial: little may be left of a group's sum. 8 bytes a group. */
export function groupSums({ count, run }: Groups, values: Float64Array, centre: number): Float64Array {
  const sums = new Float64Array(count);
  if (run === 1) {
    for (let trial = 0; trial < values.length; trial++) sums[trial] = values[trial] - centre;
    return sums;
  }
  for (let start = 0, g = 0; start < values.length; start += run, g++) {
    const end = Math.min(start + run, values.length);
    if (g === count) g = 0;
    let total = 0;
    for (let trial = start; trial < end; trial++) total += values[trial] - centre;
    sums[g] += total;
  }
  return sums;
}
