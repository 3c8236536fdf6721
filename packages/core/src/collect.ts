import type { Part } from "./contract.ts";
import { LossmillError } from "./errors.ts";
import { BLOCK_TRIALS } from "./plan/block.ts";
import type { Plan } from "./plan/plan.ts";
import { type Summary, mergeSummaries } from "./summary/summary.ts";

/** The losses of a run, trial by trial. Amounts in the portfolio's currency. */
export interface TrialLosses {
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** One array a plan line, where the plan's outputs ask for it. */
  readonly byPolicy?: readonly Float64Array[];
}

/** A finished run, or the contiguous beginning of one that was stopped. */
export interface Collected {
  readonly trials: number;
  readonly complete: boolean;
  /** Null where not a single block was finished. */
  readonly summary: Summary | null;
  readonly losses: TrialLosses;
}

/** Keeps every trial: bytes that `collect` needs for `plan`. */
export function collectedBytes(plan: Plan): number {
  return (plan.trials ?? Infinity) * 8 * (3 + (plan.outputs.includes("byPolicy") ? plan.lines.length : 0));
}

/**
 * Runs parts to their end and keeps every loss. Parts may come in any order: summaries are folded in block order, so
 * that the same plan gives the same bits, and a run that ends early is cut to the blocks before its first gap.
 */
export async function collect(plan: Plan, parts: AsyncIterable<Part>): Promise<Collected> {
  if (plan.trials === null) {
    throw new LossmillError("BAD_PLAN", { place: "trials", message: "an endless run cannot be kept whole" });
  }
  const losses = allocate(plan, plan.trials);
  const early = new Map<number, Summary>();
  let summary: Summary | null = null;
  let nextBlock = 0;
  for await (const part of parts) {
    keep(losses, part);
    early.set(part.block.index, part.summary);
    for (let next = early.get(nextBlock); next; next = early.get(nextBlock)) {
      summary = summary === null ? next : mergeSummaries(summary, next);
      early.delete(nextBlock++);
    }
  }
  const trials = Math.min(nextBlock * BLOCK_TRIALS, plan.trials);
  return { trials, complete: trials === plan.trials, summary, losses: cut(losses, trials) };
}

function allocate(plan: Plan, trials: number): TrialLosses {
  const array = () => new Float64Array(trials);
  const losses = { total: array(), maxOccurrence: array(), claims: array() };
  return plan.outputs.includes("byPolicy") ? { ...losses, byPolicy: plan.lines.map(array) } : losses;
}

function keep(kept: TrialLosses, { block, losses }: Part): void {
  const n = block.end - block.start;
  kept.total.set(losses.total.subarray(0, n), block.start);
  kept.maxOccurrence.set(losses.maxOccurrence.subarray(0, n), block.start);
  kept.claims.set(losses.claims.subarray(0, n), block.start);
  kept.byPolicy?.forEach((array, i) => {
    array.set(losses.byPolicy!.subarray(i * BLOCK_TRIALS, i * BLOCK_TRIALS + n), block.start);
  });
}

function cut(losses: TrialLosses, trials: number): TrialLosses {
  const { byPolicy } = losses;
  return {
    total: losses.total.subarray(0, trials),
    maxOccurrence: losses.maxOccurrence.subarray(0, trials),
    claims: losses.claims.subarray(0, trials),
    ...(byPolicy && { byPolicy: byPolicy.map((array) => array.subarray(0, trials)) }),
  };
}
