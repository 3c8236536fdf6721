import {
  type Figure,
  type Plan,
  type Report,
  type ResolvedConfig,
  SAMPLING_METHODS,
  type SamplingMethod,
  collect,
  compile,
  existingMoments,
  report,
} from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import { type PilotOptions, refuseStopped, signalOf } from "./pilot.ts";
import { sampledFigures } from "./sampled-figures.ts";
import { sampledPlan } from "./sampled-plan.ts";

/** What a method is worth for a figure. */
export interface Gain {
  readonly figure: "mean" | "sd" | "var" | "tvar" | "oep";
  /** The level of var, tvar and oep; else null. */
  readonly p: number | null;
  /**
   * How many times as long plain sampling takes for the same standard error; null where one of both has none. Also that of as
   * many trials, without regard to time.
   */
  readonly gain: number | null;
  readonly perTrial: number | null;
}

/** A method that was tried, or why it was not. */
export type Tried = { readonly method: "plain" | SamplingMethod } & (
  | { readonly seconds: number; readonly pilotSeconds: number; readonly gains: readonly Gain[] }
  | { readonly reason: string }
);

export interface CompareOptions extends PilotOptions {
  readonly levels: readonly number[];
  /** How often each runs, by turns; the quickest counts. */
  readonly rounds: number;
  readonly methods?: readonly SamplingMethod[];
  /** What runs pilots. */
  readonly pilots: Choice;
  readonly onRun?: (method: string, done: number, of: number) => void;
}

/** A method's plan, and what has been seen of it. */
interface Contestant {
  readonly method: "plain" | SamplingMethod;
  readonly plan: Plan;
  readonly pilotSeconds: number;
  seconds: number;
  report: Report | null;
}

/**
 * Runs a plan under each method, by turns, and tells what each is worth beside plain sampling, which comes first.
 *
 * @throws LossmillError STOPPED after the signal
 */
export async function compareMethods(
  plan: Plan,
  config: Pick<ResolvedConfig, "samplingLevel">,
  choice: Choice,
  options: CompareOptions,
): Promise<Tried[]> {
  const { levels, rounds, methods = SAMPLING_METHODS, pilots, onRun = () => {} } = options;
  const missing = new Map<SamplingMethod, string>();
  const contestants: Contestant[] = [contestant("plain", plan, 0)];
  for (const method of methods) {
    const begun = performance.now();
    const sampled = await sampledPlan(plan, method, config, pilots, options);
    if (typeof sampled === "string") missing.set(method, sampled);
    else contestants.push(contestant(method, sampled, (performance.now() - begun) / 1000));
  }
  // Once more than counts: what runs first runs while code is still compiled.
  for (let round = 0; round <= rounds; round++) {
    for (const [i, one] of contestants.entries()) {
      onRun(one.method, round * contestants.length + i, (rounds + 1) * contestants.length);
      const seconds = await runOnce(one, choice, levels, options);
      if (round > 0) one.seconds = Math.min(one.seconds, seconds);
    }
  }
  const [plain] = contestants;
  return ["plain" as const, ...methods].map((method): Tried => {
    const found = contestants.find((one) => one.method === method);
    if (found === undefined) return { method, reason: missing.get(method as SamplingMethod)! };
    return {
      method,
      seconds: found.seconds,
      pilotSeconds: found.pilotSeconds,
      gains: gainsOf(found, plain, levels),
    };
  });
}

function contestant(method: Contestant["method"], plan: Plan, pilotSeconds: number): Contestant {
  return { method, plan, pilotSeconds, seconds: Infinity, report: null };
}

/** Simulates and reports; returns the seconds that took. */
async function runOnce(
  one: Contestant,
  { backend, settings }: Choice,
  levels: readonly number[],
  options: PilotOptions,
) {
  const { plan } = one;
  const compiled = compile(plan);
  await using simulator = await backend.open(settings);
  const begun = performance.now();
  const parts = simulator.simulate(plan, { compiled, ...signalOf(options) });
  const { complete, losses, summary } = await collect(plan, parts);
  if (!complete) refuseStopped();
  one.report = plan.sampling
    ? sampledFigures(plan, losses, levels)
    : report({ ...losses, summary: summary!, exists: existingMoments(plan), levels });
  return (performance.now() - begun) / 1000;
}

function gainsOf(one: Contestant, plain: Contestant, levels: readonly number[]): Gain[] {
  const trials = plain.plan.trials!;
  const slower = one.seconds / plain.seconds;
  const gain = (figure: Gain["figure"], p: number | null, of: (report: Report) => Figure): Gain => {
    const perTrial = worth(of(one.report!), of(plain.report!), trials);
    return { figure, p, perTrial, gain: perTrial === null ? null : perTrial / slower };
  };
  return [
    gain("mean", null, ({ mean }) => mean),
    gain("sd", null, ({ sd }) => sd),
    ...(["var", "tvar", "oep"] as const).flatMap((figure) =>
      levels.map((p, i) => gain(figure, p, ({ quantiles }) => quantiles[i][figure])),
    ),
  ];
}

/**
 * The plain trials that one trial is worth: by the variance that a plain trial has as the method itself sees it, which knows the far
 * tail best; else by both standard errors.
 */
function worth(figure: Figure, plain: Figure, trials: number): number | null {
  if (figure.effectiveTrials !== undefined) return figure.effectiveTrials / trials;
  if (figure.se === null || plain.se === null || figure.se === 0) return null;
  return (plain.se / figure.se) * (plain.se / figure.se);
}
