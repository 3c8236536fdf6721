import type { Part } from "./contract.ts";
import { LossmillError } from "./errors.ts";
import { BLOCK_TRIALS, blockCount } from "./plan/block.ts";
import { lossesIn, numbersOfTrial } from "./plan/loss-arrays.ts";
import type { Output, Plan } from "./plan/plan.ts";
import { type Summary, mergeSummaries } from "./summary/summary.ts";

/** The losses of a run, trial by trial. Amounts in the portfolio's currency. */
export interface TrialLosses {
  readonly total: Float64Array;
  /** Empty where the plan's outputs do not ask for it. */
  readonly maxOccurrence: Float64Array;
  /** As maxOccurrence. */
  readonly claims: Float64Array;
  /** The weight of each trial, where the plan's sampling weights them. */
  readonly weight?: Float64Array;
  /** One array a control, where the plan's sampling has some. */
  readonly controls?: readonly Float64Array[];
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
  const leftOut = (["maxOccurrence", "claims"] as const).filter((output) => !plan.outputs.includes(output));
  return (plan.trials ?? Infinity) * 8 * (numbersOfTrial(plan) - leftOut.length);
}

/**
 * Runs parts to their end and keeps every loss. Parts may come in any order: summaries are folded in block order, so
 * that the same plan gives the same bits, and a run that ends early is cut to the blocks before its first gap. `before` is
 * what a run of fewer whole blocks of the plan has kept: `parts` then go on from there.
 */
export async function collect(plan: Plan, parts: AsyncIterable<Part>, before?: Collected): Promise<Collected> {
  if (plan.trials === null) {
    throw new LossmillError("BAD_PLAN", { place: "trials", message: "an endless run cannot be kept whole" });
  }
  const losses = allocate(plan, plan.trials);
  const early = new Map<number, Summary>();
  let summary: Summary | null = before?.summary ?? null;
  let nextBlock = before === undefined ? 0 : blockCount(before.trials);
  if (before) goOn(losses, before.losses);
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
  const asked = (output: Output) => new Float64Array(plan.outputs.includes(output) ? trials : 0);
  const { weight, controls, byPolicy } = lossesIn(plan, (blocks) => new Float64Array(blocks));
  return {
    total: array(),
    maxOccurrence: asked("maxOccurrence"),
    claims: asked("claims"),
    ...(weight && { weight: array() }),
    ...(controls && { controls: Array.from(controls, array) }),
    ...(byPolicy && { byPolicy: Array.from(byPolicy, array) }),
  };
}

function goOn(kept: TrialLosses, before: TrialLosses): void {
  kept.total.set(before.total);
  kept.maxOccurrence.set(before.maxOccurrence);
  kept.claims.set(before.claims);
  kept.weight?.set(before.weight!);
  kept.controls?.forEach((array, i) => array.set(before.controls![i]));
  kept.byPolicy?.forEach((array, i) => array.set(before.byPolicy![i]));
}

function keep(kept: TrialLosses, { block, losses }: Part): void {
  const n = block.end - block.start;
  const copy = (to: Float64Array, from: Float64Array, at = 0) => to.set(from.subarray(at, at + n), block.start);
  copy(kept.total, losses.total);
  if (kept.maxOccurrence.length > 0) copy(kept.maxOccurrence, losses.maxOccurrence);
  if (kept.claims.length > 0) copy(kept.claims, losses.claims);
  if (kept.weight) copy(kept.weight, losses.weight!);
  kept.controls?.forEach((array, i) => copy(array, losses.controls!, i * BLOCK_TRIALS));
  kept.byPolicy?.forEach((array, i) => copy(array, losses.byPolicy!, i * BLOCK_TRIALS));
}

function cut(losses: TrialLosses, trials: number): TrialLosses {
  const { weight, controls, byPolicy } = losses;
  const beginning = (array: Float64Array) => array.subarray(0, trials);
  return {
    total: beginning(losses.total),
    maxOccurrence: beginning(losses.maxOccurrence),
    claims: beginning(losses.claims),
    ...(weight && { weight: beginning(weight) }),
    ...(controls && { controls: controls.map(beginning) }),
    ...(byPolicy && { byPolicy: byPolicy.map(beginning) }),
  };
}
