import {
  BLOCK_TRIALS,
  type Backend,
  type Collected,
  LossmillError,
  type Part,
  type Plan,
  type Simulator,
  blockAt,
  blockCount,
  collect,
} from "@lossmill/core";
import { repeatableFault } from "./checks/repeatable-fault.ts";
import { summaryFault } from "./checks/summary-fault.ts";

/** All trials of a plan by one backend, with what was seen on the way. */
export interface Run {
  readonly collected: Collected;
  /** What was wrong with the blocks as they came; null: nothing. */
  readonly blocksFault: string | null;
  readonly summariesFault: string | null;
}

/** A run and what was wrong with its first block when it was simulated again; null: nothing. */
export interface RepeatedRun extends Run {
  readonly repeatableFault: string | null;
}

/** Simulates a whole plan. Throws STOPPED where `signal` ended it, and what the backend throws. */
async function run(simulator: Simulator, plan: Plan, signal: AbortSignal | undefined): Promise<Run> {
  checkSignal(signal);
  const faults: Faults = { blocks: null, summaries: null };
  const parts = simulator.simulate(plan, signal && { signal });
  const collected = await collect(plan, watched(plan, parts, faults));
  checkSignal(signal);
  const missing = collected.complete ? null : `block ${blockCount(collected.trials)} never came`;
  return { collected, blocksFault: faults.blocks ?? missing, summariesFault: faults.summaries };
}

/** Simulates a whole plan with a backend of its own. Throws as `run`. */
export async function runAll(backend: Backend, plan: Plan, signal: AbortSignal | undefined): Promise<Run> {
  await using simulator = await backend.open();
  return await run(simulator, plan, signal);
}

/**
 * Simulates all of a plan's trials, then its first block again: a plan fixes the bits, and a run of more trials begins
 * with those of a shorter one. Where the backend does not promise to run the plan, the reason that it gives.
 */
export async function runTwice(
  backend: Backend,
  plan: Plan,
  signal: AbortSignal | undefined,
): Promise<RepeatedRun | string> {
  await using simulator = await backend.open();
  try {
    const whole = await run(simulator, plan, signal);
    const trials = Math.min(whole.collected.trials, BLOCK_TRIALS);
    if (trials === 0) return { ...whole, repeatableFault: null };
    const again = await run(simulator, { ...plan, trials }, signal);
    return { ...whole, repeatableFault: repeatableFault(whole.collected.losses, again.collected.losses, trials) };
  } catch (error) {
    if (error instanceof LossmillError && error.code === "NOT_SUPPORTED") return error.message;
    throw error;
  }
}

/** Throws STOPPED where the run is to end. */
function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LossmillError("STOPPED", { place: "verify", message: "stopped before its end" });
}

interface Faults {
  blocks: string | null;
  summaries: string | null;
}

/** Passes on each block that should come the first time that it comes, and notes the first of each kind of fault. */
async function* watched(plan: Plan, parts: AsyncIterable<Part>, faults: Faults): AsyncGenerator<Part> {
  const seen = new Set<number>();
  for await (const part of parts) {
    const { index, start, end } = part.block;
    const due = blockAt(index, plan.trials);
    const isKnown = Number.isInteger(index) && index >= 0 && index < blockCount(plan.trials!);
    if (!isKnown || due.start !== start || due.end !== end) {
      faults.blocks ??= `there is no block ${index} of trials ${start} to ${end}`;
    } else if (seen.has(index)) {
      faults.blocks ??= `block ${index} came twice`;
    } else {
      seen.add(index);
      faults.summaries ??= summaryFault(part);
      yield part;
    }
  }
}
