import {
  type Plan,
  type ResolvedConfig,
  type SamplingMethod,
  intensityRefusal,
  isSampled,
  isTiltable,
  samplePlan,
} from "@lossmill/core";
import { formatPercent } from "../print/number.ts";
import type { Choice } from "../choose-backend.ts";
import { type PilotOptions, findTilting } from "./pilot.ts";

/** Why importance sampling can draw nothing more often. */
const NO_TILT =
  "it needs policies that pay for claims and have Poisson, binomial, negative binomial, geometric or Poisson–inverse Gaussian counts";
/** Why a method that drives lines drives none. */
const NO_LINE = "a count a trial, which it needs, would more than double the draws of every line";

/**
 * The plan sampled by a method, with what pilot runs, by `pilots`, have to find for it; or why the method does nothing for the book.
 *
 * @throws LossmillError BAD_PLAN where the trials of `importance` are no pairs, STOPPED after the signal
 */
export async function sampledPlan(
  plan: Plan,
  method: SamplingMethod,
  { samplingLevel: level }: Pick<ResolvedConfig, "samplingLevel">,
  pilots: Choice,
  options: PilotOptions = {},
): Promise<Plan | string> {
  if (method === "importance") return await importancePlan(plan, level, pilots, options);
  const sampled = samplePlan(plan, { method });
  if (isSampled(sampled)) return sampled;
  if (method === "conditional") return intensityRefusal(plan) ?? "no policy pays for claims";
  return method === "sobol" ? `${NO_LINE}, or its copies are too many` : NO_LINE;
}

async function importancePlan(
  plan: Plan,
  level: number,
  pilots: Choice,
  options: PilotOptions,
): Promise<Plan | string> {
  if (!plan.lines.some(isTiltable)) return NO_TILT;
  // Before the pilots: trials that are no pairs are refused.
  samplePlan(plan, { method: "importance", tilting: { amounts: [0], ratios: [1] } });
  const tilting = await findTilting(plan, level, pilots, options);
  const tail = `the ${formatPercent(level)} quantile`;
  if (tilting === null) return `its pilot runs find no losses beyond ${tail}, or that is 0`;
  const { ratios } = tilting;
  const sampled: Plan = {
    ...samplePlan(plan, { method: "importance", tilting }),
    sampling: { method: "importance", ratios, level },
  };
  return isSampled(sampled) ? sampled : `no claim that could be drawn more often leads beyond ${tail}`;
}
