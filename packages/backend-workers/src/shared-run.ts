/**
 * What the threads of a run share. Block b belongs to slot b mod `slots`: a worker writes it there once the block that was
 * there before has been delivered, so that no thread is more than `slots` blocks ahead, and blocks are delivered in order.
 */
import {
  BLOCK_TRIALS,
  type BackendSettings,
  type Losses,
  type Moments,
  type Plan,
  type Summary,
  blockCount,
  lossesIn,
  numbersOfTrial,
} from "@lossmill/core";

/** 32-bit words: the next block to take; blocks delivered; the block, plus 1, that is waited for; whether to stop. */
export const CONTROL = { next: 0, delivered: 1, awaited: 2, stop: 3, fields: 4 } as const;

/** The doubles of a slot's summary: draws, then seven for each output. */
const MOMENTS = ["n", "mean", "m2", "m3", "m4", "min", "max"] as const satisfies readonly (keyof Moments)[];
const OUTPUTS = ["total", "maxOccurrence", "claims"] as const satisfies readonly (keyof Summary)[];
const SUMMARY = 1 + OUTPUTS.length * MOMENTS.length;

/** Arrays over shared memory. */
export interface SharedRun {
  readonly slots: number;
  /** Blocks that a worker takes at once. */
  readonly batchBlocks: number;
  readonly control: Int32Array;
  /** By slot: the block that is complete there, plus 1. */
  readonly ready: Int32Array;
  /** By worker: the first block that it took last, and how many; how many less than 0 while it tries for them. */
  readonly taken: Int32Array;
  readonly summaries: Float64Array;
  readonly losses: Float64Array;
}

/** Bytes of slots that are not exceeded unless two a worker need more. */
const MOST_SLOT_BYTES = 67_108_864;
const SLOTS_A_WORKER = 8;

/** Slots of a run: so many that their losses keep to `windowBytes`, where it is told; one at least. */
function slotsOf(plan: Plan, workers: number, windowBytes: number | undefined): number {
  const bytes = 8 * strideOf(plan);
  const wanted = Math.max(2 * workers, Math.min(SLOTS_A_WORKER * workers, Math.floor(MOST_SLOT_BYTES / bytes)));
  return windowBytes === undefined ? wanted : Math.max(1, Math.min(wanted, Math.floor(windowBytes / bytes)));
}

/**
 * Shared memory for a run of `plan` on `workers` threads, each of which takes `batchTrials` at once, as far as slots allow.
 * The losses of a run before it, if they are as many, are used again: threads keep what they have seen for long.
 */
export function shareRun(
  plan: Plan,
  workers: number,
  { batchTrials = 1, windowBytes }: Pick<BackendSettings, "batchTrials" | "windowBytes"> = {},
  used?: Float64Array,
): SharedRun {
  const stride = strideOf(plan);
  const slots = slotsOf(plan, workers, windowBytes);
  return {
    slots,
    // With fewer than two batches a worker, those who come later would wait for those before them.
    batchBlocks: Math.max(1, Math.min(blockCount(batchTrials), Math.floor(slots / (2 * workers)))),
    control: int32(CONTROL.fields),
    ready: int32(slots),
    taken: int32(2 * workers),
    summaries: float64(slots * SUMMARY),
    losses: used?.length === slots * stride ? used : float64(slots * stride),
  };
}

/** The losses of each slot, as a kernel fills them. */
export function slotLosses(plan: Plan, { slots, losses }: SharedRun): Losses[] {
  const stride = strideOf(plan);
  return Array.from({ length: slots }, (_, slot) => {
    let at = slot * stride;
    return lossesIn(plan, (blocks) => {
      const start = at;
      at += blocks * BLOCK_TRIALS;
      return losses.subarray(start, at);
    });
  });
}

/** Doubles of a slot's losses. */
function strideOf(plan: Plan): number {
  return BLOCK_TRIALS * numbersOfTrial(plan);
}

export function writeSummary({ summaries }: SharedRun, slot: number, summary: Summary): void {
  let at = slot * SUMMARY;
  summaries[at++] = summary.draws;
  for (const output of OUTPUTS) for (const name of MOMENTS) summaries[at++] = summary[output][name];
}

export function readSummary({ summaries }: SharedRun, slot: number): Summary {
  const at = slot * SUMMARY;
  const [total, maxOccurrence, claims] = OUTPUTS.map((_, i) => readMoments(summaries, at + 1 + i * MOMENTS.length));
  return { draws: summaries[at], total, maxOccurrence, claims };
}

function readMoments(numbers: Float64Array, at: number): Moments {
  const [n, mean, m2, m3, m4, min, max] = numbers.subarray(at, at + MOMENTS.length);
  return { n, mean, m2, m3, m4, min, max };
}

function int32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

function float64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
