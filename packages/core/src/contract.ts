/**
 * The contract between Lossmill's parts: the only file that the author of a backend must read.
 *
 * A plan fixes, for its seed, the loss of every trial. A *kernel* computes one block of trials: synchronously, without a
 * clock, a thread or a promise. An *executor* decides where and when blocks run and knows no insurance. A *backend* is a
 * named pairing of the two, with its promises. Work is described (a plan), prepared (`Kernel.prepare`: may be slow and
 * asynchronous, happens once) and then run (`Compute`: fast and dumb). Nothing but the plan may change an answer.
 *
 * docs/writing-a-backend.md has a whole backend and the rules that are not in these types; `conformance` of
 * `@lossmill/harness/conformance` tests them, but for what is allocated.
 */
import type { CompiledPlan } from "./plan/compiled-plan.ts";
import type { Output, Placement, Plan } from "./plan/plan.ts";
import type { GeneratorName } from "./random/generator.ts";
import type { SamplingMethod } from "./sampling/sampling.ts";
import type { Summary } from "./summary/summary.ts";

/** 4,096 consecutive trials [start, end), aligned; fewer only in the last block of a run. */
export interface Block {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The results of one block, trial by trial: `total[t]` belongs to trial `block.start + t`. The arrays have room for
 * 4,096 trials, also where the block is shorter, and are overwritten by the kernel; entries from `end - start` on mean
 * nothing, nor does an array that the plan's outputs do not name. Amounts are in the portfolio's currency.
 */
export interface Losses {
  /** The book's loss in the year, after all terms. */
  readonly total: Float64Array;
  /** The largest payment for one claim, share applied, before aggregate terms. */
  readonly maxOccurrence: Float64Array;
  /** The number of claims that pay something, before the share and aggregate terms: those of a share of 0 count. */
  readonly claims: Float64Array;
  /** Where the plan's sampling weights trials: the weight of each, 1 on average. `Sampler.finish` writes it. */
  readonly weight?: Float64Array;
  /** Where the plan's sampling has controls: number i of trial t at [i · 4096 + t]. `Sampler.finish` writes them. */
  readonly controls?: Float64Array;
  /** Where the plan asks for it: the loss of plan line i in trial t at [i · 4096 + t]. */
  readonly byPolicy?: Float64Array;
}

/**
 * Computes one block into `out` and returns how many uniforms and words the plan's placements draw for it
 * (docs/numerics.md): the same number on every backend, as reports show it. Pure: any block, in any order, and nothing of
 * those before it matters. Allocates nothing once warm.
 */
export type Compute = (block: Block, out: Losses) => number;

export interface Kernel {
  readonly name: string;
  /** URL of the module that exports this kernel as `kernel`, so that a thread can load it. */
  readonly module: string;
  /**
   * Makes ready for the blocks of a plan, once a run and thread; several may be in use at once. Neither argument may be
   * changed. Throws LossmillError NOT_SUPPORTED or BAD_PLAN for what it cannot compute.
   */
  prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute>;
  /**
   * For the profiler, which looks at the stack from outside: what belongs to each stage, as paths from the module's
   * folder. `places` is a file or a folder, `tally/settle` a function; functions in WebAssembly by the names that their
   * module carries. The innermost on a stack counts; `other` is what lies between. Core's own, random numbers and
   * summaries, are known without.
   */
  readonly stages?: Readonly<
    Partial<Record<"random" | "counts" | "severities" | "terms" | "reduce" | "other", readonly string[]>>
  >;
}

/** One finished block. `losses` is only valid until the next part of its run is asked for, whatever other runs do. */
export interface Part {
  readonly block: Block;
  readonly summary: Summary;
  readonly losses: Losses;
}

/** What a user may want to know of how a run goes: a warning always, the rest on request. */
export interface Note {
  readonly isWarning: boolean;
  readonly message: string;
}

export interface SimulateOptions {
  /** Stops the run: the iteration ends without an error after the block in hand, before the first where it is raised already. */
  readonly signal?: AbortSignal;
  /** Where the run begins: blocks before this one are left out. 0 unless told. */
  readonly firstBlock?: number;
  /** The plan's numbers, where they are at hand; else they are made when the run begins. */
  readonly compiled?: CompiledPlan;
  /** Called when an executor does something else than it was asked for, or twice. */
  readonly onNote?: (note: Note) => void;
}

/**
 * Runs plans, any number of them, also at once. Closing it (`Symbol.asyncDispose`) ends its runs as their signals would, and
 * may be done again; a closed simulator throws LossmillError NOT_SUPPORTED at `simulate`.
 */
export interface Simulator extends AsyncDisposable {
  /**
   * Every block, or every one from `firstBlock` on, exactly once, in any order; endless where `plan.trials` is null. The
   * event loop gets its turn, so that a timer can stop a run; and the run may be left at any part. Throws LossmillError
   * NOT_SUPPORTED before the first part for what `supports` does not have.
   */
  simulate(plan: Plan, options?: SimulateOptions): AsyncIterable<Part>;
}

/**
 * What a backend can do; what it cannot, and what nobody knows, it refuses with LossmillError NOT_SUPPORTED at `outputs`, `sampling`,
 * `generator` or `lines[i].placement` (`checkSupport`). `total` is always among the outputs.
 */
export interface Supports {
  readonly outputs: readonly Output[];
  readonly placements: readonly Placement[];
  /** Methods of sampling: kernels with some hand their uniforms to `samplerOf`. None unless told. */
  readonly samplings?: readonly SamplingMethod[];
  /** What may make a plan's uniforms: kernels hand `plan.generator` to `uniformSource`. PCG64 unless told. */
  readonly generators?: readonly GeneratorName[];
}

/** A setting that moves time and memory and never an answer. */
export interface Knob {
  readonly name: keyof BackendSettings;
  readonly description: string;
}

/** One that is not among a backend's knobs changes nothing there. */
export interface BackendSettings {
  /** Trials computed between two turns of the event loop (in-process), or taken by a worker at once. */
  readonly batchTrials?: number;
  /** Threads that compute; by default as many as there are cores for this process. */
  readonly workers?: number;
  /** Bytes of losses that threads may be ahead by, one block at least; by default 64 MiB, or two blocks a thread. */
  readonly windowBytes?: number;
}

export interface Backend {
  readonly name: string;
  /**
   * How closely losses agree with the definition: the largest |a − b| on a trial, relative to the trial's ground-up
   * sum. 0 means bit for bit with every backend that also says 0.
   */
  readonly agreement: number;
  readonly supports: Supports;
  readonly knobs: readonly Knob[];
  open(settings?: BackendSettings): Promise<Simulator>;
}
