import {
  type Collected,
  type Figure,
  LossmillError,
  type Note,
  type Part,
  type Plan,
  type Portfolio,
  type QuantileFigures,
  type Report,
  type ResolvedConfig,
  type SimulationConfig,
  type TrialLosses,
  checkLevels,
  checkPortfolio,
  collect,
  collectedBytes,
  existingMoments,
  makePlan,
  report,
  resolveConfig,
} from "@lossmill/core";
import { type Choice, chooseBackend } from "./backends.ts";
import { checkMemory, memoryLimitBytes } from "./memory.ts";

export interface SimulateOptions {
  /** Probability levels to report, between 0 and 1; by default 0.5 to 0.999. */
  readonly at?: readonly number[];
  /** Ends the run early; the result is that of the finished beginning. */
  readonly signal?: AbortSignal;
  /** Called once, when everything is chosen and nothing is computed yet. */
  readonly onStart?: ((plan: Plan, choice: Choice) => void) | undefined;
  /** Called when the run goes otherwise than it was asked for: a thread that was replaced, for one. */
  readonly onNote?: (note: Note) => void;
  /** Called after every block. */
  readonly onPart?: (part: Part, plan: Plan) => void;
  /** Where `LOSSMILL_*` settings are looked up; by default nowhere. The command line passes its environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What a simulation reports. Amounts in the portfolio's currency; a figure that is not known is null with a reason. */
export interface SimulationResult {
  readonly portfolio: string;
  readonly currency: string;
  /** Trials that the figures are made of: those asked for, or fewer if the run was stopped. */
  readonly trials: number;
  readonly complete: boolean;
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
}

/** A result with everything behind it. */
export interface Simulation {
  readonly result: SimulationResult;
  readonly losses: TrialLosses;
  readonly plan: Plan;
  /** Seconds that each stage took. */
  readonly stages: Readonly<Record<"plan" | "simulate" | "report", number>>;
}

/**
 * Simulates a portfolio's annual losses.
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
  const { result, losses } = await runSimulation(checkPortfolio(portfolio), resolved, options);
  return { ...result, losses };
}

/** As `simulate`, for a checked portfolio and resolved settings, with the plan and the time of each stage. */
export async function runSimulation(
  portfolio: Portfolio,
  config: ResolvedConfig,
  { at, signal, onStart, onPart, onNote }: Omit<SimulateOptions, "environment"> = {},
): Promise<Simulation> {
  const seconds = stopwatch();
  if (at) checkLevels(at);
  const { seed, trials: asked, horizon, optimizationLevel } = config;
  const plan = makePlan(portfolio, { seed, trials: asked, horizon, optimizationLevel });
  const choice = await chooseBackend(config, plan);
  // Besides what is kept, the figures need one array to select quantiles in.
  const needed = collectedBytes(plan) + 8 * config.trials;
  checkMemory(needed, memoryLimitBytes(config.memoryLimit), config.trials);
  onStart?.(plan, choice);
  const planned = seconds();

  await using simulator = await choice.backend.open({
    ...(config.batchTrials !== "auto" && { batchTrials: config.batchTrials }),
    ...(config.workers !== "auto" && { workers: config.workers }),
  });
  const parts = simulator.simulate(plan, { ...(signal && { signal }), ...(onNote && { onNote }) });
  const collected = await collect(plan, onPart ? watch(parts, plan, onPart) : parts);
  const simulated = seconds();

  const figures = figuresOf(plan, collected, at);
  const reported = seconds();
  const { trials, complete } = collected;
  const result = {
    portfolio: plan.portfolio,
    currency: plan.currency,
    trials,
    complete,
    seed: plan.seed,
    horizon: plan.horizon,
    backend: choice.backend.name,
    optimizationLevel: plan.optimizationLevel,
    seconds: planned + simulated + reported,
    ...figures,
  };
  const stages = { plan: planned, simulate: simulated, report: reported };
  return { result, losses: collected.losses, plan, stages };
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

async function* watch(
  parts: AsyncIterable<Part>,
  plan: Plan,
  onPart: NonNullable<SimulateOptions["onPart"]>,
): AsyncGenerator<Part> {
  for await (const part of parts) {
    onPart(part, plan);
    yield part;
  }
}

function figuresOf(plan: Plan, { summary, losses }: Collected, at: readonly number[] | undefined) {
  if (summary === null) {
    throw new LossmillError("STOPPED", { place: "simulate", message: "stopped before the first block was finished" });
  }
  const figures = report({
    summary,
    total: losses.total,
    maxOccurrence: losses.maxOccurrence,
    exists: existingMoments(plan),
    ...(at && { levels: at }),
  });
  return { draws: summary.draws, ...figures };
}
