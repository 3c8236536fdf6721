import {
  type Part,
  type Plan,
  type Report,
  type RunningSummary,
  blockCount,
  existingMoments,
  inOrder,
  runningSummary,
} from "@lossmill/core";
import { type StopRule, checkOutputs, checkReachable, isMet, levelsOf } from "./until.ts";

export interface StreamOptions {
  /** When to stop before the plan's trials are done, if it has a number of them. */
  readonly until?: StopRule | undefined;
  /** Stops after the block in hand. */
  readonly signal?: AbortSignal | undefined;
  /** How many of the largest losses are kept as they are; by default 1,000,000. */
  readonly keep?: number | undefined;
  /** Called when the precision of a rule is looked at before the end, with the figures of its levels. */
  readonly onLook?: ((report: Report) => void) | undefined;
  /** What goes on: the parts are those that follow it. By default a new one. */
  readonly running?: RunningSummary | undefined;
  /** Called after every block, in block order; the next one waits for it. The part is only valid until then. */
  readonly onPart?: ((part: Part, running: RunningSummary) => void | Promise<void>) | undefined;
}

/** Why a stream ended. `signal` also where its input ended before the plan's trials were done. */
export type StopReason = "trials" | "precision" | "time" | "signal";

/** A stream that ended: the first `trials` trials of the plan, which a run of so many with the plan's horizon repeats. */
export interface Streamed {
  readonly trials: number;
  /** Whether all trials of the plan were done. */
  readonly complete: boolean;
  readonly stoppedBy: StopReason;
  readonly running: RunningSummary;
}

/** Precision is looked at after so many blocks, then after twice as many, and so on, and at the end. */
const FIRST_LOOK = 64;

/** After how many blocks, more than these, precision is looked at next. */
export function nextLook(blocks: number): number {
  let next = FIRST_LOOK;
  while (next <= blocks) next *= 2;
  return next;
}

/**
 * Runs parts, in any order, into a running summary until they or the rule end it. Where a precision ends it is a
 * function of the plan alone, as it is only looked at after 64, 128, 256, … blocks; a time ends it at a block.
 *
 * @throws LossmillError BAD_CONFIGURATION at `until` for a precision that the plan's moments put out of reach, or its outputs
 */
export async function stream(plan: Plan, parts: AsyncIterable<Part>, options: StreamOptions = {}): Promise<Streamed> {
  const { until, signal, keep, onPart, onLook } = options;
  const running = options.running ?? runningSummary(keep === undefined ? {} : { keep });
  const lookAt = looker(plan, until);
  const isLate = clock(until);
  const isComplete = () => running.trials === plan.trials;
  const end = (stoppedBy: StopReason) => ({ trials: running.trials, complete: isComplete(), stoppedBy, running });
  if (isComplete()) return end(lookAt(running)?.isPrecise ? "precision" : "trials");
  if (signal?.aborted) return end("signal");

  let blocks = blockCount(running.trials);
  // What was saved at a look may have ended there, before anybody was told.
  if (blocks > 0 && nextLook(blocks - 1) === blocks && lookAt(running)?.isPrecise) return end("precision");
  let next = nextLook(blocks);
  for await (const part of inOrder(parts, blocks)) {
    running.add(part);
    await onPart?.(part, running);
    blocks++;
    if (blocks === next || isComplete()) {
      const look = lookAt(running);
      if (blocks === next && look !== null) onLook?.(look.report);
      next = nextLook(blocks);
      if (look?.isPrecise) return end("precision");
    }
    if (isComplete()) return end("trials");
    if (signal?.aborted) return end("signal");
    if (isLate()) return end("time");
  }
  return end("signal");
}

/** Looks at what a rule wants of a running summary; null where that is no precision. */
function looker(plan: Plan, until: StopRule | undefined) {
  if (until === undefined || "seconds" in until) return () => null;
  const { bounds } = until;
  const exists = existingMoments(plan);
  checkReachable(until, exists);
  checkOutputs(bounds, plan.outputs);
  const levels = levelsOf(bounds);
  return (running: RunningSummary) => {
    const report = running.report(exists, levels);
    return { report, isPrecise: isMet(bounds, report) };
  };
}

/** Whether the rule's time, which begins now, is over. */
function clock(until: StopRule | undefined): () => boolean {
  if (until === undefined || "bounds" in until) return () => false;
  const end = performance.now() + 1000 * until.seconds;
  return () => performance.now() >= end;
}
