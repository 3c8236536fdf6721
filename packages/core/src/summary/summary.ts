import type { Losses } from "../contract.ts";
import { type Moments, mergeMoments, momentsOf } from "./moments.ts";

/** What a block of trials adds up to; folded in block order, so that the same blocks give the same bits. */
export interface Summary {
  /** Uniforms drawn. */
  readonly draws: number;
  readonly total: Moments;
  readonly maxOccurrence: Moments;
  readonly claims: Moments;
}

/** The summary of a block: of the first `count` trials of `losses`, for which `draws` uniforms were drawn. */
export function summarize(losses: Losses, count: number, draws: number): Summary {
  return {
    draws,
    total: momentsOf(losses.total, count),
    maxOccurrence: momentsOf(losses.maxOccurrence, count),
    claims: momentsOf(losses.claims, count),
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
