import { parseUntil } from "@lossmill/backend-streaming";
import {
  BLOCK_TRIALS,
  KEEP,
  type Plan,
  type Portfolio,
  type ResolvedConfig,
  type RunningSummary,
  checkLevels,
  collectedBytes,
  makePlan,
  restoreSummary,
  runningSummary,
} from "@lossmill/core";
import { chooseBackend } from "./backends.ts";
import { type PolicyGatherer, policyFigures } from "./by-policy.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { checkMemory, memoryLimitBytes } from "./memory.ts";
import { runKept } from "./run-kept.ts";
import { runStreamed } from "./run-streamed.ts";
import type { RunOptions, Simulation } from "./simulation.ts";

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
    ? runKept(plan, choice, config, options, seconds)
    : runStreamed(plan, choice, { running: summary, policies: gatherer(plan) }, config, options, seconds);
}

function gatherer(plan: Plan, saved?: Float64Array): PolicyGatherer | undefined {
  return plan.outputs.includes("byPolicy") ? policyFigures(plan, saved) : undefined;
}

const BY_POLICY = ["total", "maxOccurrence", "claims", "byPolicy"] as const;

/** Goes on with a run that was saved; `options.losses` is what goes on with its losses, where it has any. */
export async function resumeSimulation(
  { plan, summary, policies, asked }: Checkpoint,
  config: ResolvedConfig,
  options: Omit<RunOptions, "at" | "until" | "byPolicy"> = {},
): Promise<Simulation> {
  const seconds = stopwatch();
  const choice = await chooseBackend(config, plan);
  checkMemory(STREAMED_BYTES * summary.keep, memoryLimitBytes(config.memoryLimit), plan.trials ?? summary.keep);
  options.onStart?.(plan, choice);
  const soFar = { running: restoreSummary(summary), policies: gatherer(plan, policies) };
  return runStreamed(plan, choice, soFar, config, { ...options, ...asked }, seconds);
}

/** Trials that a run has at most: none are told by the default, which is meant for runs without a rule of their own. */
function trialsOf({ trials, sources }: ResolvedConfig, until: string | undefined): number | null {
  return until !== undefined && sources.trials.startsWith("preset") && sources.preset === "default" ? null : trials;
}

/** Losses that a run which is saved keeps at most, so that its figures are those of one that is not: 160 MB a save. */
const MOST_SAVED = 10_000_000;

/** Bytes for each loss that a stream keeps, at most, in two arrays, and while it is reported. */
const STREAMED_BYTES = 40;

/** The summary that a stream begins with; null where the losses are kept. Throws OUT_OF_MEMORY where neither fits. */
function emptySummary(plan: Plan, config: ResolvedConfig, options: RunOptions): RunningSummary | null {
  const limit = memoryLimitBytes(config.memoryLimit);
  const { keepsLosses, isStream, until, checkpoint } = options;
  const bytes = collectedBytes(keepsLosses ? plan : { ...plan, outputs: ["total"] });
  // Besides what is kept, the figures need one array to select quantiles in.
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

/** A function that returns the seconds since it was last called. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
}
