import { checkReachable, parseUntil } from "@lossmill/backend-streaming";
import {
  type Plan,
  type Portfolio,
  type ResolvedConfig,
  checkLevels,
  existingMoments,
  makePlan,
  restoreSummary,
  runningSummary,
} from "@lossmill/core";
import { type PolicyGatherer, policyFigures } from "./by-policy.ts";
import { chooseBackend } from "./choose-backend.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { runKept } from "./run-kept.ts";
import { runStreamed } from "./run-streamed.ts";
import { checkSampled } from "./sampling/check-sampled.ts";
import { chooseSampling } from "./sampling/choose-sampling.ts";
import { runSampled } from "./sampling/run-sampled.ts";
import { settle } from "./settle.ts";
import type { RunOptions, Simulation } from "./simulation.ts";

/** As `simulate`, for a checked portfolio and resolved settings, with the plan and the time of each stage. */
export async function runSimulation(
  portfolio: Portfolio,
  config: ResolvedConfig,
  options: RunOptions = {},
): Promise<Simulation> {
  const seconds = stopwatch();
  const { at, until, byPolicy, signal, onNote } = options;
  if (at) checkLevels(at);
  const rule = until === undefined ? undefined : parseUntil(until);
  const isSampled = config.sampling !== "plain";
  if (isSampled) checkSampled(config, options, rule);
  const { seed, generator, horizon, optimizationLevel } = config;
  const outputs = byPolicy ? BY_POLICY : undefined;
  const trials = trialsOf(config, until);
  const plan = makePlan(portfolio, { seed, generator, trials, horizon, optimizationLevel, outputs });
  if (rule) checkReachable(rule, existingMoments(plan));
  const choice = await chooseBackend(config, plan);
  if (isSampled) {
    const { plan: sampled } = await chooseSampling({ plan, config, rule, signal, onNote });
    if (sampled.sampling) return runSampled(sampled, choice, config, rule, options, seconds);
  }
  const { compiled, opened, keep } = settle(plan, choice, config, options);
  const compiledOptions = { ...options, compiled };
  if (keep === null) return runKept(plan, opened, compiledOptions, seconds);
  const soFar = { running: runningSummary({ keep }), policies: gatherer(plan) };
  return runStreamed(plan, opened, soFar, compiledOptions, seconds);
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
  const { compiled, opened } = settle(plan, choice, config, options, summary.keep);
  const soFar = { running: restoreSummary(summary), policies: gatherer(plan, policies) };
  return runStreamed(plan, opened, soFar, { ...options, ...asked, compiled }, seconds);
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
