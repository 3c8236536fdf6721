import {
  BLOCK_TRIALS,
  type BackendSettings,
  type CompiledPlan,
  KEEP,
  type Plan,
  type ResolvedConfig,
  blockBytes,
  blockCount,
  collectedBytes,
} from "@lossmill/core";
import type { Choice } from "./choose-backend.ts";
import { checkMemory, megabytes, refuseMemory } from "./memory.ts";
import { keptPlan } from "./kept-plan.ts";
import type { RunOptions } from "./simulation.ts";

/** How a run keeps to its memory limit. */
export interface RunMemory {
  /** How many of the largest losses a stream keeps; null where all losses are kept. */
  readonly keep: number | null;
  /** What the backend is opened with. */
  readonly settings: BackendSettings;
  /** What was chosen and why, for `-v 2`. */
  readonly reason: string;
}

export interface MemoryTask {
  readonly plan: Plan;
  readonly compiled: Pick<CompiledPlan, "buffer">;
  readonly choice: Pick<Choice, "threads" | "settings">;
  readonly config: ResolvedConfig;
  readonly options: RunOptions;
  /** In bytes. */
  readonly limit: number;
  /** Losses that a run which goes on keeps. */
  readonly keep?: number;
  /** What is there of a shorter run while the losses of this one are made. */
  readonly heldBytes?: number;
  /** What would do where all losses are to be kept and do not fit. */
  readonly hint?: string;
}

/** Losses that a run which is saved keeps at most, so that its figures are those of one that is not: 160 MB a save. */
const MOST_SAVED = 10_000_000;

/** Bytes for each loss that a stream keeps, at most: room for two of each in two outputs, and one to put them in order. */
const STREAMED_BYTES = 40;

/** A thread with its engine, code and kernel; measured: 25 to 28 MB for each of 4 to 16 threads. And its copy of the plan. */
const THREAD_BYTES = 28_000_000;
const THREAD_LINE_BYTES = 2_000;

/** What a losses file holds back: batches of 196,608 numbers, as they come, as they are encoded and as they are written. */
const FILE_BYTES = 8_000_000;
/** Blocks that a thread is ahead by at most (backend-workers). */
const MOST_AHEAD = 8;
/** Bytes of a trial that figures of sampled trials take beside its losses (`sampledReport`). */
const SAMPLED_BYTES = 16;
/** The moments of a policy. */
const POLICY_BYTES = 200;

/**
 * Decides what a run keeps, and how many threads may be how many blocks ahead, so that all of it stays below the limit:
 * figures before speed. What the program itself takes before a run, some 60 MB, is not counted.
 *
 * @throws LossmillError OUT_OF_MEMORY, with what would do, where one block on one thread does not fit
 */
export function runMemory(task: MemoryTask): RunMemory {
  const { plan, compiled, config, options, limit } = task;
  const policies = options.byPolicy === true ? plan.lines.length * POLICY_BYTES : 0;
  // What any run of the plan has, on one thread.
  const least =
    compiled.buffer.byteLength + blockBytes(plan) + policies + (options.losses === undefined ? 0 : FILE_BYTES);
  const kept = keptBytes(plan, options) + (task.heldBytes ?? 0);
  if (options.keepsLosses === true) {
    checkMemory(kept + least, limit, config.trials, `; ${task.hint ?? hintFor(plan)}`);
  }
  const isStream = task.keep !== undefined || wantsStream(config, options);
  if (!isStream && kept + least <= limit) return chosen(task, null, kept + least);
  const wanted = task.keep ?? Math.min(plan.trials ?? KEEP, options.checkpoint === undefined ? KEEP : MOST_SAVED);
  const fewest = task.keep ?? Math.min(wanted, BLOCK_TRIALS);
  if (STREAMED_BYTES * fewest + least > limit) {
    const by = options.byPolicy === true ? ` by policy, of ${plan.lines.length}` : "";
    const what = `a block of ${BLOCK_TRIALS} trials${by}, with the tables of the book, does not fit`;
    refuseMemory(STREAMED_BYTES * fewest + least, limit, what);
  }
  if (!isStream) options.onNote?.({ isWarning: false, message: "streamed: the losses would not fit into memory" });
  const keep = Math.min(wanted, Math.floor((limit - least) / STREAMED_BYTES));
  return chosen(task, keep, STREAMED_BYTES * keep + least);
}

/** Bytes of all losses, of one array to select quantiles in and, where they are sampled, of weighted ones and of groups. */
function keptBytes(plan: Plan, options: RunOptions): number {
  if (plan.trials === null) return Infinity;
  const figures = plan.sampling === undefined ? 8 : 8 + SAMPLED_BYTES;
  return collectedBytes(keptPlan(plan, options)) + figures * plan.trials;
}

function hintFor({ sampling }: Plan): string {
  return sampling === undefined ? "a stream keeps no losses" : "sampling plain need keep no losses";
}

function wantsStream({ backend }: ResolvedConfig, { isStream, until, checkpoint }: RunOptions): boolean {
  return isStream === true || until !== undefined || checkpoint !== undefined || backend === "streaming";
}

/** As many threads as fit beside `known` bytes, each with a block at least; one has a block in them. */
function chosen({ plan, choice, limit }: MemoryTask, keep: number | null, known: number): RunMemory {
  const block = blockBytes(plan);
  const thread = THREAD_BYTES + THREAD_LINE_BYTES * plan.lines.length;
  const wanted = plan.trials === null ? choice.threads : Math.min(choice.threads, blockCount(plan.trials));
  const rest = limit - known + block;
  const fitting = Math.max(1, Math.min(wanted, Math.floor(rest / (thread + block))));
  const windowBytes = Math.min(rest - fitting * thread, MOST_AHEAD * fitting * block);
  const settings = {
    ...choice.settings,
    ...(fitting < wanted && { workers: fitting }),
    ...(fitting > 1 && { windowBytes }),
  };
  const what = keep === null ? "all losses kept" : `the largest ${keep} losses kept`;
  const why = fitting < wanted ? ` of ${wanted}, as no more fit` : "";
  const ahead = fitting > 1 ? `, blocks ahead in at most ${megabytes(windowBytes)}` : "";
  const used = known + (fitting === 1 ? 0 : fitting * thread);
  const reason = `memory: ${megabytes(used)} of ${megabytes(limit)}: ${what}; threads: ${fitting}${why}${ahead}`;
  return { keep, settings, reason };
}
