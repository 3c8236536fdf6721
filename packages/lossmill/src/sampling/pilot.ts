import {
  LossmillError,
  type Plan,
  type ResolvedConfig,
  type Tilting,
  type TrialLosses,
  collect,
  compile,
  optimalTilt,
  pilotLevels,
  pilotSeed,
  samplePlan,
} from "@lossmill/core";
import { KERNELS } from "../backends.ts";
import { type Choice, chooseBackend } from "../choose-backend.ts";

/** Trials of each pilot run: eight blocks. */
const PILOT_TRIALS = 32_768;

/** A plan of so few trials, and of other uniforms: what it shows is independent of the run's. */
export function pilotPlan(plan: Plan): Plan {
  return { ...plan, seed: pilotSeed(plan.seed), trials: PILOT_TRIALS };
}

/**
 * What runs pilots of a plan: always one of the kernels that share every bit, so that what they find, which is a part of the
 * plan, does not depend on the backend.
 */
export async function pilotChoice(plan: Plan, config: ResolvedConfig): Promise<Choice> {
  const workers = Object.hasOwn(KERNELS, config.backend) ? 1 : config.workers;
  return await chooseBackend({ ...config, backend: "auto", kernel: "auto", workers }, pilotPlan(plan));
}

export interface PilotOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where importance sampling of a plan should draw more claims, for the tail beyond the p-quantile: pilot runs of their own
 * seed, the first plain, each of the others tilted by the one before. Null where they find no loss beyond that quantile, or
 * it is 0.
 *
 * @throws LossmillError STOPPED after the signal
 */
export async function findTilting(
  plan: Plan,
  p: number,
  choice: Choice,
  options: PilotOptions = {},
): Promise<Tilting | null> {
  const pilot = pilotPlan(plan);
  const levels = pilotLevels(p);
  let losses = await run(pilot, choice, options);
  for (const level of levels.slice(0, -1)) {
    const tilting = optimalTilt(losses, level);
    // Where most years lose nothing, a quantile on the way may be 0 and the one beyond it not.
    if (tilting !== null) losses = await run(samplePlan(pilot, { method: "importance", tilting }), choice, options);
  }
  return optimalTilt(losses, p);
}

async function run(plan: Plan, { backend, settings }: Choice, options: PilotOptions): Promise<TrialLosses> {
  await using simulator = await backend.open(settings);
  const parts = simulator.simulate(plan, { compiled: compile(plan), ...signalOf(options) });
  const { complete, losses } = await collect(plan, parts);
  if (!complete) refuseStopped();
  return losses;
}

/** The signal of options, as simulators take it. */
export function signalOf({ signal }: PilotOptions): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** Throws STOPPED: what pilots were to find is not known. */
export function refuseStopped(): never {
  throw new LossmillError("STOPPED", {
    place: "sampling",
    message: "stopped during a pilot run, before the first year",
  });
}
