import { parseUntil } from "@lossmill/backend-streaming";
import {
  type Portfolio,
  type ResolvedConfig,
  checkLevels,
  compile,
  makePlan,
  restoreSummary,
  runningSummary,
} from "@lossmill/core";
import { chooseBackend } from "./backends.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { memoryLimitBytes } from "./memory.ts";
import { runKept } from "./run-kept.ts";
import { runMemory } from "./run-memory.ts";
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
  const limit = memoryLimitBytes(config.memoryLimit);
  const compiled = compile(plan, limit);
  const { keep, settings, reason } = runMemory({ plan, compiled, threads: choice.threads, config, options, limit });
  options.onStart?.(plan, choice);
  options.onNote?.({ isWarning: false, message: reason });
  const opened = { ...choice, settings };
  const compiledOptions = { ...options, compiled };
  return keep === null
    ? runKept(plan, opened, compiledOptions, seconds)
    : runStreamed(plan, opened, runningSummary({ keep }), compiledOptions, seconds);
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
  const limit = memoryLimitBytes(config.memoryLimit);
  const compiled = compile(plan, limit);
  const { threads } = choice;
  const { settings, reason } = runMemory({ plan, compiled, threads, config, options, limit, keep: summary.keep });
  options.onStart?.(plan, choice);
  options.onNote?.({ isWarning: false, message: reason });
  const opened = { ...choice, settings };
  return runStreamed(plan, opened, restoreSummary(summary), { ...options, ...asked, compiled }, seconds);
}

/** Trials that a run has at most: none are told by the default, which is meant for runs without a rule of their own. */
function trialsOf({ trials, sources }: ResolvedConfig, until: string | undefined): number | null {
  return until !== undefined && sources.trials.startsWith("preset") && sources.preset === "default" ? null : trials;
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
