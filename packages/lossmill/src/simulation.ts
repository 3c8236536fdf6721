import type { StopReason } from "@lossmill/backend-streaming";
import {
  type CompiledPlan,
  type Figure,
  type GeneratorName,
  LossmillError,
  type Note,
  type Part,
  type Plan,
  type QuantileFigures,
  type Report,
  type SamplingMethod,
  type TrialLosses,
  closedFormMean,
} from "@lossmill/core";
import type { Choice } from "./choose-backend.ts";
import type { PolicyFigures } from "./by-policy.ts";
import type { Look } from "./looks.ts";
import type { CheckpointFile } from "./checkpoint.ts";
import type { LossesFile } from "./losses/losses-file.ts";

export interface SimulateOptions {
  /** Probability levels to report, between 0 and 1; by default 0.5 to 0.999. */
  readonly at?: readonly number[] | undefined;
  /** Ends the run early; the result is that of the finished beginning. */
  readonly signal?: AbortSignal;
  /** Also what each policy loses: then nothing is merged across policies, and `losses` has `byPolicy`. */
  readonly byPolicy?: boolean | undefined;
  /** Called once, when everything is chosen and nothing is computed yet. */
  readonly onStart?: ((plan: Plan, choice: Choice) => void) | undefined;
  /** Called when the run goes otherwise than it was asked for: a thread that was replaced, for one. */
  readonly onNote?: (note: Note) => void;
  /** Called after every block. */
  readonly onPart?: (part: Part, plan: Plan) => void;
  /** Where `LOSSMILL_*` settings are looked up; by default nowhere. The command line passes its environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface StreamSimulateOptions extends SimulateOptions {
  /** A time, `30s`, or the standard errors to be reached, `tvar99 < 1% and mean < 0.1%`. */
  readonly until?: string | undefined;
}

/** What the command line also asks of a run. */
export interface RunOptions extends Omit<StreamSimulateOptions, "environment"> {
  /** Called with what is known so far, ever less often. */
  readonly onLook?: ((look: Look) => void) | undefined;
  /** Called with the plan's numbers once they are made. */
  readonly onCompiled?: ((compiled: CompiledPlan) => void) | undefined;
  /** The losses are asked for: a run that cannot keep them is refused. */
  readonly keepsLosses?: boolean;
  /** They are not wanted, however few there are. */
  readonly isStream?: boolean;
  /** The plan's numbers. */
  readonly compiled?: CompiledPlan;
  /** Where rows of losses go. */
  readonly losses?: LossesFile | undefined;
  /** Where the run is saved as it goes on, and how often, in seconds. */
  readonly checkpoint?: { readonly file: CheckpointFile; readonly seconds: number } | undefined;
}

/** What a simulation reports. Amounts in the portfolio's currency; a figure that is not known is null with a reason. */
export interface SimulationResult {
  readonly portfolio: string;
  readonly currency: string;
  /** Trials that the figures are made of: those asked for, or fewer if the run was stopped. */
  readonly trials: number;
  /** Whether it ended as it was asked to, and not by a signal. */
  readonly complete: boolean;
  readonly stoppedBy: StopReason;
  readonly seed: string;
  /** What made the seed's uniforms. */
  readonly generator: GeneratorName;
  readonly horizon: number;
  readonly backend: string;
  readonly optimizationLevel: number;
  /** How more was made of each trial; missing where trials are plain. */
  readonly sampling?: SamplingMethod;
  /** The level whose tail importance sampling was for. */
  readonly samplingLevel?: number;
  /** Wall time of the simulation, from plan to figures. */
  readonly seconds: number;
  /** Uniforms drawn. */
  readonly draws: number;
  readonly claims: Report["claims"];
  readonly mean: Figure;
  /** The mean by the book's laws, where it has a closed form. */
  readonly exactMean: number | null;
  readonly sd: Figure;
  readonly quantiles: readonly QuantileFigures[];
  /** In the order of the book, where it was asked for. */
  readonly byPolicy?: readonly PolicyFigures[];
}

/** A result with everything behind it. */
export interface Simulation {
  readonly result: SimulationResult;
  /** Null where they were not kept: in a stream. Without numbers of claims where they were not asked for (`keepsLosses`). */
  readonly losses: TrialLosses | null;
  readonly plan: Plan;
  /** Seconds that each stage took. */
  readonly stages: Readonly<Record<"plan" | "simulate" | "report", number>>;
}

/** Throws STOPPED: there is nothing to report. */
export function refuseNothing(): never {
  throw new LossmillError("STOPPED", { place: "simulate", message: "stopped before the first block was finished" });
}

/** What a simulator is asked for besides the plan. */
export function optionsOf({ signal, onNote, compiled }: RunOptions) {
  return { ...(signal && { signal }), ...(onNote && { onNote }), ...(compiled && { compiled }) };
}

/** The result of a run of `plan`. */
export function resultOf(
  plan: Plan,
  choice: Choice,
  { trials, complete, stoppedBy }: Pick<SimulationResult, "trials" | "complete" | "stoppedBy">,
  figures: Report & { readonly draws: number },
  stages: Simulation["stages"],
  byPolicy: readonly PolicyFigures[] | undefined,
): SimulationResult {
  const { portfolio, currency, seed, generator = "pcg64", horizon, optimizationLevel } = plan;
  return {
    portfolio,
    currency,
    trials,
    complete,
    stoppedBy,
    seed,
    generator,
    horizon,
    backend: choice.backend.name,
    optimizationLevel,
    ...samplingOf(plan),
    seconds: stages.plan + stages.simulate + stages.report,
    draws: figures.draws,
    claims: figures.claims,
    mean: figures.mean,
    exactMean: exactMeanOf(plan),
    sd: figures.sd,
    quantiles: figures.quantiles,
    ...(byPolicy && { byPolicy }),
  };
}

function samplingOf({ sampling }: Plan): Pick<SimulationResult, "sampling" | "samplingLevel"> {
  if (sampling === undefined) return {};
  const level = sampling.method === "importance" ? sampling.level : undefined;
  return { sampling: sampling.method, ...(level !== undefined && { samplingLevel: level }) };
}

/** The mean of the book's annual loss by its laws; null where that has no closed form, or is infinite. */
export function exactMeanOf(plan: Plan): number | null {
  const mean = closedFormMean(plan);
  return mean !== null && Number.isFinite(mean) ? mean : null;
}
