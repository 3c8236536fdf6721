import {
  type BackendSettings,
  type PlanExplanation,
  type Portfolio,
  type ResolvedConfig,
  compile,
  definePlan,
  explainPlan,
  rewritePlan,
} from "@lossmill/core";
import type { Prediction } from "@lossmill/harness/tune";
import { chooseBackend } from "./choose-backend.ts";
import { chooseSampling } from "./sampling/choose-sampling.ts";
import { type SamplingExplanation, explainSampling } from "./sampling/explain-sampling.ts";

/** A plan, what became of the book's policies, and what planning took. */
export interface PlanResult extends PlanExplanation {
  /** From a checked book to a plan and its tables. */
  readonly planningSeconds: number;
  /** The size of the plan as JSON text. */
  readonly planBytes: number;
  /** The size of the compiled plan, which all workers share. */
  readonly tableBytes: number;
  /** What would run it, and what that and others are predicted to take. */
  readonly choice: BackendSettings & {
    readonly backend: string;
    readonly kernel: string;
    readonly reason: string;
    readonly predictions: readonly Prediction[];
    /** Where the costs come from that predictions are made of. */
    readonly costs: string;
  };
  /** How its trials are sampled. */
  readonly sampling: SamplingExplanation;
}

/**
 * Plans a checked portfolio and explains it. What a sampling has to find is found, by pilot runs as those of a simulation.
 *
 * @throws LossmillError BAD_PLAN where streams or blocks would leave 32 bits; what `chooseSampling` throws
 */
export async function planResult(
  portfolio: Portfolio,
  config: ResolvedConfig,
  signal?: AbortSignal,
): Promise<PlanResult> {
  const { seed, generator, trials, horizon, optimizationLevel } = config;
  const begun = performance.now();
  const definition = definePlan(portfolio, { seed, generator, trials, horizon });
  const rewritten = rewritePlan(definition, optimizationLevel);
  const chosen = await chooseSampling({ plan: rewritten, config, signal });
  const { plan, pilotSeconds } = chosen;
  const tableBytes = compile(plan).buffer.byteLength;
  const planningSeconds = (performance.now() - begun) / 1000 - pilotSeconds;
  const planBytes = new TextEncoder().encode(JSON.stringify(plan)).length;
  const { backend, kernel, reason, settings, predictions, tuning } = await chooseBackend(config, plan);
  const choice = { backend: backend.name, kernel, reason, ...settings, predictions, costs: tuning.source };
  const sampling = explainSampling(plan, chosen.reason, pilotSeconds);
  const explained = explainPlan(definition, optimizationLevel, plan);
  return { ...explained, planningSeconds, planBytes, tableBytes, choice, sampling };
}
