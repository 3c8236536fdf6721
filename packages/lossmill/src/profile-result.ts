import {
  type GeneratorName,
  type Plan,
  type Portfolio,
  type ResolvedConfig,
  collectedBytes,
  expectedDraws,
  makePlan,
} from "@lossmill/core";
import { sumOf } from "@lossmill/core/math";
import { type TimeProfile, profile } from "@lossmill/harness/profile";
import { kernelToProfile } from "./choose-backend.ts";
import { checkMemory, memoryLimitBytes } from "./memory.ts";

/** What a line of the plan costs, as far as its draws tell. */
export interface LineCost {
  readonly id: string;
  /** Policies of the book, copies counted, that the line stands for. */
  readonly policies: number;
  /** Expected draws a block of 4,096 trials, and their share of the whole book's. */
  readonly draws: number;
  readonly share: number;
}

/** Where the time of a run went. */
export interface ProfileResult extends Omit<TimeProfile, "cpuProfile"> {
  readonly portfolio: string;
  readonly trials: number;
  readonly seed: string;
  readonly generator: GeneratorName;
  readonly backend: string;
  readonly optimizationLevel: number;
  /** Most draws first. Planned, not measured: a kernel is not watched line by line. */
  readonly planLines: readonly LineCost[];
}

/** Runs a checked portfolio in this thread, from plan to figures, and says where the time went. */
export async function profileResult(
  portfolio: Portfolio,
  config: ResolvedConfig,
): Promise<{ readonly result: ProfileResult; readonly cpuProfile: TimeProfile["cpuProfile"] }> {
  const { kernel, backend } = await kernelToProfile(config);
  const { seed, generator, trials, horizon, optimizationLevel } = config;
  let made: Plan | undefined;
  const { cpuProfile, ...times } = await profile({
    kernel,
    promises: backend,
    settings: config.batchTrials === "auto" ? {} : { batchTrials: config.batchTrials },
    plan() {
      made = makePlan(portfolio, { seed, generator, trials, horizon, optimizationLevel });
      // Besides what is kept, the figures need one array to select quantiles in.
      checkMemory(collectedBytes(made) + 8 * trials, memoryLimitBytes(config.memoryLimit), trials);
      return made;
    },
  });
  const plan = made!;
  const result = {
    portfolio: plan.portfolio,
    trials,
    seed,
    generator,
    backend: kernel.name,
    optimizationLevel,
    ...times,
    planLines: lineCosts(plan),
  };
  return { result, cpuProfile };
}

function lineCosts({ lines }: Plan): LineCost[] {
  const draws = lines.map((line) => expectedDraws(line));
  const all = sumOf(draws);
  return lines
    .map(({ id, policies }, i) => ({ id, policies, draws: draws[i], share: draws[i] / all }))
    .sort((a, b) => b.draws - a.draws);
}
