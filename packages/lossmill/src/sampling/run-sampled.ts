import type { Bound, StopRule } from "@lossmill/backend-streaming";
import { LEVELS, type Plan, type ResolvedConfig, collectedBytes, compile } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import { ruledLook } from "../looks.ts";
import { memoryLimitBytes } from "../memory.ts";
import { type KeptSimulation, runKept } from "../run-kept.ts";
import { runMemory } from "../run-memory.ts";
import { settle } from "../settle.ts";
import type { RunOptions, Simulation } from "../simulation.ts";
import { runUntilPrecise } from "./run-until-precise.ts";

/**
 * Runs a plan whose trials are not plain. It keeps its losses, as its errors are those of groups of trials: so many trials, or
 * as many as a precision takes. `seconds` are those since it was last called.
 *
 * @throws LossmillError OUT_OF_MEMORY where the losses do not fit
 */
export async function runSampled(
  plan: Plan,
  choice: Choice,
  config: ResolvedConfig,
  rule: StopRule | undefined,
  options: RunOptions,
  seconds: () => number,
): Promise<Simulation> {
  const keeping = { ...options, until: undefined, keepsLosses: true };
  if (rule !== undefined && "bounds" in rule) {
    return await runBounded(plan, choice, config, rule.bounds, keeping, seconds);
  }
  const { compiled, opened } = settle(plan, choice, config, keeping);
  return await runKept(plan, opened, { ...keeping, compiled }, seconds);
}

const PLAIN_KEEPS_NONE = "for the precision; sampling plain keeps no losses";

async function runBounded(
  plan: Plan,
  choice: Choice,
  config: ResolvedConfig,
  bounds: readonly Bound[],
  options: RunOptions,
  seconds: () => number,
): Promise<Simulation> {
  const limit = memoryLimitBytes(config.memoryLimit);
  const compiled = compile(plan, limit);
  options.onStart?.(plan, choice);
  options.onCompiled?.(compiled);
  const inform = (message: string) => options.onNote?.({ isWarning: false, message });
  let known: KeptSimulation | undefined;
  return await runUntilPrecise(bounds, plan.trials ?? Infinity, async (trials, levels) => {
    const part = { ...plan, trials };
    const heldBytes = known === undefined ? 0 : collectedBytes({ ...plan, trials: known.collected.trials });
    const asked = { ...config, trials };
    const fitted = runMemory({
      plan: part,
      compiled,
      choice,
      config: asked,
      options,
      limit,
      heldBytes,
      hint: PLAIN_KEEPS_NONE,
    });
    inform(`${known === undefined ? "first" : "on to"} ${trials} trials; ${fitted.reason}`);
    const at = [...new Set([...(options.at ?? LEVELS), ...levels])];
    known = await runKept(part, { ...choice, settings: fitted.settings }, { ...options, at, compiled }, seconds, known);
    options.onLook?.(ruledLook(bounds, known.result, known.result.trials));
    return known;
  });
}
