import type { Summary, TrialLosses } from "@lossmill/core";
import { sortedCopy } from "./statistics/sorted.ts";

/** The losses of a complete run, in the order of trials and in ascending order. */
export interface Sample {
  readonly n: number;
  readonly losses: TrialLosses;
  readonly summary: Summary;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
}

export function sampleOf(losses: TrialLosses, summary: Summary): Sample {
  return {
    n: losses.total.length,
    losses,
    summary,
    total: sortedCopy(losses.total),
    maxOccurrence: sortedCopy(losses.maxOccurrence),
  };
}
