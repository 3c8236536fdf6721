import type { Bound, StopRule } from "@lossmill/backend-streaming";
import {
  LossmillError,
  type Note,
  type Plan,
  type ResolvedConfig,
  SAMPLING_METHODS,
  type SamplingMethod,
  closedFormMean,
} from "@lossmill/core";
import { formatSeconds } from "../print/number.ts";
import { type Wanted, bestMethod } from "./best-method.ts";
import { compareMethods } from "./compare-methods.ts";
import { pilotChoice, pilotPlan } from "./pilot.ts";
import { sampledPlan } from "./sampled-plan.ts";

/** What decides on the sampling of a run. */
export interface SamplingTask {
  /** Without a sampling. */
  readonly plan: Plan;
  readonly config: ResolvedConfig;
  readonly rule?: StopRule | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((note: Note) => void) | undefined;
}

/** What was chosen, why, and how long pilot runs took. */
export interface SamplingChosen {
  /** With a sampling, unless that is plain. */
  readonly plan: Plan;
  readonly method: "plain" | SamplingMethod;
  readonly reason: string;
  readonly pilotSeconds: number;
}

/** Runs of each method that `auto` times. */
const ROUNDS = 2;

/**
 * The plan as the configuration wants it sampled: plainly; by a method; or by the one that pilot runs show to be worth most for the
 * figures of the rule, or else for the tail at `samplingLevel`, and for the mean where that has no closed form.
 *
 * @throws LossmillError NOT_SUPPORTED where the method does nothing for the book, BAD_PLAN where the trials of `importance` are no
 * pairs, STOPPED after the signal
 */
export async function chooseSampling(task: SamplingTask): Promise<SamplingChosen> {
  const { plan, config, signal } = task;
  const { sampling, sources } = config;
  if (sampling === "plain") return { plan, method: sampling, reason: sources.sampling, pilotSeconds: 0 };
  const begun = performance.now();
  const [method, reason] = sampling === "auto" ? await bestOf(task) : [sampling, sources.sampling];
  const sampled =
    method === "plain" ? plan : await sampledPlan(plan, method, config, await pilotChoice(plan, config), { signal });
  if (typeof sampled === "string") {
    const message = `${method} does nothing for this book: ${sampled}`;
    throw new LossmillError("NOT_SUPPORTED", { place: "sampling", message });
  }
  const pilotSeconds = (performance.now() - begun) / 1000;
  const hasPilots = sampling === "auto" || method === "importance";
  const took = hasPilots ? `; pilot runs: ${formatSeconds(pilotSeconds)}` : "";
  task.onNote?.({ isWarning: false, message: `sampling: ${method} (${reason})${took}` });
  return { plan: sampled, method, reason, pilotSeconds: hasPilots ? pilotSeconds : 0 };
}

async function bestOf({ plan, config, rule, signal }: SamplingTask): Promise<["plain" | SamplingMethod, string]> {
  const wanted = wantedFigures(plan, config, rule);
  const levels = [...new Set(wanted.flatMap(({ p }) => (p === null ? [] : [p])))];
  const choice = await pilotChoice(plan, config);
  // What needs pairs is no choice where there are none.
  const isOdd = plan.trials !== null && plan.trials % 2 === 1;
  const methods = SAMPLING_METHODS.filter((method) => !(isOdd && method === "importance"));
  const options = { levels, rounds: ROUNDS, methods, signal, pilots: choice };
  const tried = await compareMethods(pilotPlan(plan), config, choice, options);
  const best = bestMethod(tried, wanted);
  const why = best === null ? "no other is surely worth it" : "worth the most for equal time";
  return [best?.method ?? "plain", `auto: ${why} in pilot runs`];
}

function wantedFigures(plan: Plan, { samplingLevel }: ResolvedConfig, rule: StopRule | undefined): Wanted[] {
  if (rule !== undefined && "bounds" in rule) return rule.bounds.map(({ figure, p }: Bound) => ({ figure, p }));
  const tail: Wanted[] = [
    { figure: "var", p: samplingLevel },
    { figure: "tvar", p: samplingLevel },
  ];
  return closedFormMean(plan) === null ? [{ figure: "mean", p: null }, ...tail] : tail;
}
