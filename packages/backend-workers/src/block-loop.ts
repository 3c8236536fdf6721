/** What a worker runs: takes blocks from the shared counter, computes them, and says so, until there are no more. */
import type { MessagePort } from "node:worker_threads";
import {
  type CompiledPlan,
  type Compute,
  type ErrorCode,
  type Fault,
  type Kernel,
  LossmillError,
  type Plan,
  blockAt,
  blockCount,
  summarize,
} from "@lossmill/core";
import { CONTROL, type SharedRun, slotLosses, writeSummary } from "./shared-run.ts";

export interface Job {
  /** URL of the module that exports the kernel. */
  readonly kernel: string;
  readonly plan: Plan;
  readonly compiled: CompiledPlan;
  readonly run: SharedRun;
  /** Number of this worker, from 0. */
  readonly worker: number;
  /** Blocks that another worker took and did not finish. */
  readonly redo: readonly number[];
  /** Is sent nothing when the block that is waited for is ready. */
  readonly doorbell: MessagePort;
}

/** A kernel's refusal of the plan: an error loses its type on its way between threads. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
}

/** Streams of randomness, and so blocks, are 32-bit numbers. */
const MOST_BLOCKS = 4_294_967_296;

/** Returns null, or why the kernel does not run the plan. */
export async function blockLoop(job: Job): Promise<Refusal | null> {
  const { plan, run, redo, worker } = job;
  let compute: Compute;
  try {
    const { kernel } = (await import(job.kernel)) as { readonly kernel: Kernel };
    compute = await kernel.prepare(plan, job.compiled);
  } catch (error) {
    if (error instanceof LossmillError) return { code: error.code, faults: error.faults };
    throw error;
  }
  const finish = finisher(job, compute);
  const blocks = plan.trials === null ? MOST_BLOCKS : blockCount(plan.trials);
  for (const index of redo) if (!finish(index)) return null;
  for (let first = take(run, worker, blocks); first < blocks; first = take(run, worker, blocks)) {
    const end = Math.min(first + run.batchBlocks, blocks);
    for (let index = first; index < end; index++) if (!finish(index)) return null;
  }
  return null;
}

/** Takes the next blocks and returns the first of them: `blocks` where there are none left. */
function take({ control, taken, batchBlocks }: SharedRun, worker: number, blocks: number): number {
  const first = 2 * worker;
  const count = first + 1;
  for (;;) {
    const next = Atomics.load(control, CONTROL.next);
    const isOver = next >>> 0 >= blocks;
    // Written down before they are taken, and that they are only tried for: of a worker that dies in between it is known
    // what it may have taken, and of one that lives, that it may not have.
    Atomics.store(taken, count, isOver ? 0 : -batchBlocks);
    if (isOver) return blocks;
    Atomics.store(taken, first, next);
    const following = Math.min((next >>> 0) + batchBlocks, blocks);
    if (Atomics.compareExchange(control, CONTROL.next, next, following) !== next) continue;
    Atomics.store(taken, count, batchBlocks);
    return next >>> 0;
  }
}

/** A function that computes a block into its slot, once the slot is free; false where the run has been stopped. */
function finisher({ plan, run, doorbell }: Job, compute: Compute): (index: number) => boolean {
  const { control, ready, slots } = run;
  const losses = slotLosses(plan, run);
  return (index) => {
    for (;;) {
      const delivered = Atomics.load(control, CONTROL.delivered);
      if (Atomics.load(control, CONTROL.stop) === 1) return false;
      if (((index - delivered) | 0) < slots) break;
      Atomics.wait(control, CONTROL.delivered, delivered);
    }
    const slot = index % slots;
    const block = blockAt(index, plan.trials);
    const draws = compute(block, losses[slot]);
    writeSummary(run, slot, summarize(losses[slot], block.end - block.start, draws, plan.outputs));
    const done = (index + 1) | 0;
    Atomics.store(ready, slot, done);
    if (Atomics.load(control, CONTROL.awaited) === done) doorbell.postMessage(null);
    return true;
  };
}
