import type { Losses } from "../contract.ts";
import type { Output } from "../plan/plan.ts";
import { type Moments, mergeMoments, momentsOf } from "./moments.ts";

/**
 * What a block of trials adds up to; folded in block order, so that the same blocks give the same bits. Of an output that the
 * plan does not name: the moments of no values.
 */
export interface Summary {
  /** Uniforms drawn. */
  readonly draws: number;
  readonly total: Moments;
  readonly maxOccurrence: Moments;
  readonly claims: Moments;
}

const ALL: readonly Output[] = ["total", "maxOccurrence", "claims"];

/** The summary of a block: of the first `count` trials of `losses`, for which `draws` uniforms were drawn, and of all `outputs`. */
export function summarize(losses: Losses, count: number, draws: number, outputs: readonly Output[] = ALL): Summary {
  const moments = (output: "maxOccurrence" | "claims") =>
    momentsOf(losses[output], outputs.includes(output) ? count : 0);
  return {
    draws,
    total: momentsOf(losses.total, count),
    maxOccurrence: moments("maxOccurrence"),
    claims: moments("claims"),
  };
}

/** The summary of the trials of `a` followed by those of `b`. */
export function mergeSummaries(a: Summary, b: Summary): Summary {
  return {
    draws: a.draws + b.draws,
    total: mergeMoments(a.total, b.total),
    maxOccurrence: mergeMoments(a.maxOccurrence, b.maxOccurrence),
    claims: mergeMoments(a.claims, b.claims),
  };
}
