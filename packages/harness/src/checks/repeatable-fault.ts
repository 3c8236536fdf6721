import type { TrialLosses } from "@lossmill/core";

/** The first difference in bits between a run and its first block, simulated again; null: none. */
export function repeatableFault(whole: TrialLosses, again: TrialLosses, trials: number): string | null {
  if (again.total.length !== trials) return `${trials} trials asked for, ${again.total.length} came`;
  for (const output of ["total", "maxOccurrence", "claims"] as const) {
    for (let t = 0; t < trials; t++) {
      const [a, b] = [whole[output][t], again[output][t]];
      if (!Object.is(a, b)) return `${output} of trial ${t} was ${a}, then ${b}`;
    }
  }
  return null;
}
