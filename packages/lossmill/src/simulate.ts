import { type StopReason, parseUntil, stream } from "@lossmill/backend-streaming";
import {
  BLOCK_TRIALS,
  type BackendSettings,
  type Figure,
  KEEP,
  LossmillError,
  type Note,
  type Part,
  type Plan,
  type Portfolio,
  type QuantileFigures,
  type Report,
  type ResolvedConfig,
  type RunningSummary,
  type SimulationConfig,
  type TrialLosses,
  blockCount,
  checkLevels,
  checkPortfolio,
  collect,
  collectedBytes,
  existingMoments,
  inOrder,
  makePlan,
  report,
  resolveConfig,
  restoreSummary,
  runningSummary,
} from "@lossmill/core";
import { type Choice, chooseBackend } from "./backends.ts";
import { type PolicyFigures, policyFigures } from "./by-policy.ts";
import { type Checkpoint, writeCheckpoint } from "./checkpoint.ts";
import type { LossesFile } from "./losses/losses-file.ts";
import { rowsOf } from "./losses/rows.ts";
import { checkMemory, memoryLimitBytes } from "./memory.ts";

export interface SimulateOptions {
  /** Probability levels to report, between 0 and 1; by default 0.5 to 0.999. */
  readonly at?: readonly number[] | undefined;
  /** Ends the run early; the result is that of the finished beginning. */
  readonly signal?: AbortSignal;
  /** Also what each policy loses: then nothing is merged across policies, and `losses` has `byPolicy`. */
  readonly byPolicy?: boolean | undefined;
  /** Called once, when everything is chosen and nothing is computed yet. */
  readonly onStart?: ((plan: Plan, choice: Choice) => void) | undefined;
  /** Called when the run goes otherwise than it was asked for: a thread that was replaced, for one. */
  readonly onNote?: (note: Note) => void;
  /** Called after every block. */
  readonly onPart?: (part: Part, plan: Plan) => void;
  /** Where `LOSSMILL_*` settings are looked up; by default nowhere. The command line passes its environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface StreamSimulateOptions extends SimulateOptions {
  /** A time, `30s`, or the standard errors to be reached, `tvar99 < 1% and mean < 0.1%`. */
  readonly until?: string | undefined;
}

/** What a simulation reports. Amounts in the portfolio's currency; a figure that is not known is null with a reason. */
export interface SimulationResult {
  readonly portfolio: string;
  readonly currency: string;
  /** Trials that the figures are made of: those asked for, or fewer if the run was stopped. */
  readonly trials: number;
  /** Whether it ended as it was asked to, and not by a signal. */
  readonly complete: boolean;
  readonly stoppedBy: StopReason;
  readonly seed: string;
  readonly horizon: number;
  readonly backend: string;
  readonly optimizationLevel: number;
  /** Wall time of the simulation, from plan to figures. */
  readonly seconds: number;
  /** Uniforms drawn. */
  readonly draws: number;
  readonly claims: Report["claims"];
  readonly mean: Figure;
  readonly sd: Figure;
  readonly quantiles: readonly QuantileFigures[];
  /** In the order of the book, where it was asked for. */
  readonly byPolicy?: readonly PolicyFigures[];
}

/** A result with everything behind it. */
export interface Simulation {
  readonly result: SimulationResult;
  /** Null where they were not kept: in a stream. */
  readonly losses: TrialLosses | null;
  readonly plan: Plan;
  /** Seconds that each stage took. */
  readonly stages: Readonly<Record<"plan" | "simulate" | "report", number>>;
}

/** What the command line also asks of a run. */
export interface RunOptions extends Omit<StreamSimulateOptions, "environment"> {
  /** The losses are asked for: a run that cannot keep them is refused. */
  readonly keepsLosses?: boolean;
  /** They are not wanted, however few there are. */
  readonly isStream?: boolean;
  /** Where rows of losses go. */
  readonly losses?: LossesFile | undefined;
  /** Where the run is saved as it goes on, and how often, in seconds. */
  readonly checkpoint?: { readonly path: string; readonly seconds: number } | undefined;
}

/**
 * Simulates a portfolio's annual losses, all of which come with the result.
 *
 * @param portfolio a portfolio as an object: see docs/portfolio.md
 * @throws LossmillError with a stable `code` for bad input
 */
export async function simulate(
  portfolio: unknown,
  config: SimulationConfig = {},
  options: SimulateOptions = {},
): Promise<SimulationResult & { readonly losses: TrialLosses }> {
  const resolved = resolveConfig(config, options.environment);
  const { result, losses } = await runSimulation(checkPortfolio(portfolio), resolved, {
    ...options,
    keepsLosses: true,
  });
  return { ...result, losses: losses! };
}

/**
 * Simulates a portfolio's annual losses in constant memory, until the trials are done or `until` is met; without either,
 * until the signal. The losses themselves can be seen as they go by, by `onPart`.
 */
export async function simulateStream(
  portfolio: unknown,
  config: SimulationConfig = {},
  options: StreamSimulateOptions = {},
): Promise<SimulationResult> {
  const resolved = resolveConfig({ backend: "streaming", ...config }, options.environment);
  const { result } = await runSimulation(checkPortfolio(portfolio), resolved, { ...options, isStream: true });
  return result;
}

/** As `simulate`, for a checked portfolio and resolved settings, with the plan and the time of each stage. */
export async function runSimulation(
  portfolio: Portfolio,
  config: ResolvedConfig,
  options: RunOptions = {},
): Promise<Simulation> {
  const seconds = stopwatch();
  const { at, until, byPolicy } = options;
  if (at) checkLevels(at);
  if (until !== undefined) parseUntil(until);
  const { seed, horizon, optimizationLevel } = config;
  const outputs = byPolicy ? BY_POLICY : undefined;
  const plan = makePlan(portfolio, { seed, trials: trialsOf(config, until), horizon, optimizationLevel, outputs });
  const choice = await chooseBackend(config, plan);
  const summary = emptySummary(plan, config, options);
  options.onStart?.(plan, choice);
  return summary === null
    ? keep(plan, choice, config, options, seconds)
    : streamOn(plan, choice, summary, config, options, seconds);
}

const BY_POLICY = ["total", "maxOccurrence", "claims", "byPolicy"] as const;

/** Goes on with a run that was saved. */
export async function resumeSimulation(
  { plan, summary, asked }: Checkpoint,
  config: ResolvedConfig,
  options: Omit<RunOptions, "at" | "until" | "losses"> = {},
): Promise<Simulation> {
  const seconds = stopwatch();
  const choice = await chooseBackend(config, plan);
  checkMemory(STREAMED_BYTES * summary.keep, memoryLimitBytes(config.memoryLimit), config.trials);
  options.onStart?.(plan, choice);
  return streamOn(plan, choice, restoreSummary(summary), config, { ...options, ...asked }, seconds);
}

/** Trials that a run has at most: none are told by the default, which is meant for runs without a rule of their own. */
function trialsOf({ trials, sources }: ResolvedConfig, until: string | undefined): number | null {
  return until !== undefined && sources.trials.startsWith("preset") && sources.preset === "default" ? null : trials;
}

/** Losses that a run which is saved keeps at most, so that its figures are those of one that is not: 160 MB a save. */
const MOST_SAVED = 10_000_000;
/** A save may take so much of the time. */
const SAVING_SHARE = 0.05;

/** Bytes for each loss that a stream keeps, at most, in two arrays, and while it is reported. */
const STREAMED_BYTES = 40;

/** The summary that a stream begins with; null where the losses are kept. Throws OUT_OF_MEMORY where neither fits. */
function emptySummary(plan: Plan, config: ResolvedConfig, options: RunOptions): RunningSummary | null {
  const limit = memoryLimitBytes(config.memoryLimit);
  // Besides what is kept, the figures need one array to select quantiles in.
  const { keepsLosses, isStream, until, checkpoint } = options;
  const bytes = collectedBytes(keepsLosses ? plan : { ...plan, outputs: ["total"] });
  const needed = plan.trials === null ? Infinity : bytes + 8 * plan.trials;
  if (keepsLosses) checkMemory(needed, limit, config.trials, "; a stream keeps no losses");
  if (keepsLosses) return null;
  const wantsStream = isStream || until !== undefined || checkpoint !== undefined || config.backend === "streaming";
  if (!wantsStream && needed <= limit) return null;
  if (!wantsStream) options.onNote?.({ isWarning: false, message: "streamed: the losses would not fit into memory" });
  const wanted = Math.min(plan.trials ?? KEEP, checkpoint === undefined ? KEEP : MOST_SAVED);
  checkMemory(STREAMED_BYTES * Math.min(wanted, BLOCK_TRIALS), limit, Math.min(wanted, BLOCK_TRIALS));
  return runningSummary({ keep: Math.min(wanted, Math.floor(limit / STREAMED_BYTES)) });
}

type Clock = () => number;

/** Runs to the end and keeps every loss. */
async function keep(
  plan: Plan,
  choice: Choice,
  config: ResolvedConfig,
  options: RunOptions,
  seconds: Clock,
): Promise<Simulation> {
  const { at, signal, onPart, losses, keepsLosses } = options;
  const planned = seconds();
  const policies = options.byPolicy ? policyFigures(plan) : undefined;
  await using simulator = await choice.backend.open(settingsOf(config));
  const parts = simulator.simulate(plan, optionsOf(options));
  // What policies lose is only kept where it is asked for.
  const kept = keepsLosses ? plan : { ...plan, outputs: plan.outputs.filter((output) => output !== "byPolicy") };
  const watched = watch(parts, async (part) => {
    policies?.add(part);
    await losses?.add(rowsOf(part), plan);
    onPart?.(part, plan);
  });
  const collected = await collect(kept, watched);
  if (collected.summary === null) refuseNothing();
  const simulated = seconds();
  const figures = report({
    summary: collected.summary,
    total: collected.losses.total,
    maxOccurrence: collected.losses.maxOccurrence,
    exists: existingMoments(plan),
    ...(at && { levels: at }),
  });
  const stages = { plan: planned, simulate: simulated, report: seconds() };
  const { trials, complete } = collected;
  const end = { trials, complete, stoppedBy: complete || !signal?.aborted ? ("trials" as const) : ("signal" as const) };
  const result = resultOf(
    plan,
    choice,
    end,
    { draws: collected.summary.draws, ...figures },
    stages,
    policies?.figures(),
  );
  return { result, losses: collected.losses, plan, stages };
}

/** Runs in constant memory until the plan, a rule or a signal ends it. */
async function streamOn(
  plan: Plan,
  choice: Choice,
  running: RunningSummary,
  config: ResolvedConfig,
  options: RunOptions,
  seconds: Clock,
): Promise<Simulation> {
  const { at, until, signal, onPart, losses, checkpoint } = options;
  const planned = seconds();
  const policies = options.byPolicy ? policyFigures(plan) : undefined;
  const save = () =>
    checkpoint && writeCheckpoint(checkpoint.path, { plan, summary: running.save(), asked: { at, until } });
  let saveAt = performance.now() + 1000 * (checkpoint?.seconds ?? Infinity);
  await using simulator = await choice.backend.open(settingsOf(config));
  const firstBlock = blockCount(running.trials);
  const end = await stream(plan, simulator.simulate(plan, { ...optionsOf(options), firstBlock }), {
    running,
    signal,
    until: until === undefined ? undefined : parseUntil(until),
    async onPart(part) {
      policies?.add(part);
      await losses?.add(rowsOf(part), plan);
      onPart?.(part, plan);
      const now = performance.now();
      if (!checkpoint || now < saveAt) return;
      save();
      const took = performance.now() - now;
      saveAt = now + Math.max(1000 * checkpoint.seconds, took / SAVING_SHARE);
    },
  });
  if (running.summary === null) refuseNothing();
  save();
  const simulated = seconds();
  const figures = running.report(existingMoments(plan), at);
  const stages = { plan: planned, simulate: simulated, report: seconds() };
  const ending = { ...end, complete: end.stoppedBy !== "signal" };
  const found = { draws: running.summary.draws, ...figures };
  const result = resultOf(plan, choice, ending, found, stages, policies?.figures());
  return { result, losses: null, plan, stages };
}

function refuseNothing(): never {
  throw new LossmillError("STOPPED", { place: "simulate", message: "stopped before the first block was finished" });
}

function settingsOf({ batchTrials, workers }: ResolvedConfig): BackendSettings {
  return { ...(batchTrials !== "auto" && { batchTrials }), ...(workers !== "auto" && { workers }) };
}

function optionsOf({ signal, onNote }: RunOptions) {
  return { ...(signal && { signal }), ...(onNote && { onNote }) };
}

function resultOf(
  plan: Plan,
  choice: Choice,
  { trials, complete, stoppedBy }: Pick<SimulationResult, "trials" | "complete" | "stoppedBy">,
  figures: Report & { readonly draws: number },
  stages: Simulation["stages"],
  byPolicy: readonly PolicyFigures[] | undefined,
): SimulationResult {
  const { portfolio, currency, seed, horizon, optimizationLevel } = plan;
  return {
    portfolio,
    currency,
    trials,
    complete,
    stoppedBy,
    seed,
    horizon,
    backend: choice.backend.name,
    optimizationLevel,
    seconds: stages.plan + stages.simulate + stages.report,
    draws: figures.draws,
    claims: figures.claims,
    mean: figures.mean,
    sd: figures.sd,
    quantiles: figures.quantiles,
    ...(byPolicy && { byPolicy }),
  };
}

/** A function that returns the seconds since it was last called. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
}

/** The same parts, each shown to `see` before it goes on. In block order: executors that compute them otherwise are put in order. */
async function* watch(parts: AsyncIterable<Part>, see: (part: Part) => Promise<void>): AsyncGenerator<Part> {
  for await (const part of inOrder(parts)) {
    await see(part);
    yield part;
  }
}
