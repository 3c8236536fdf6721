import type { GeneratorName, Plan, ResolvedConfig, SamplingMethod } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import { exactMeanOf } from "../simulation.ts";
import { type Best, type Wanted, bestMethod } from "./best-method.ts";
import type { Gain, Tried } from "./compare-methods.ts";

/** What `lossmill compare-sampling` reports. */
export interface Comparison {
  readonly portfolio: string;
  readonly trials: number;
  /** Those asked for, which `trials` is rounded up from. */
  readonly askedTrials: number;
  readonly seed: string;
  readonly generator: GeneratorName;
  readonly backend: string;
  readonly optimizationLevel: number;
  /** Runs of each method, of which the quickest counts. */
  readonly rounds: number;
  /** The level whose tail importance sampling is for. */
  readonly samplingLevel: number;
  /** Where the mean has a closed form no sampling is needed for it, and what methods gain for it is not told. */
  readonly exactMean: number | null;
  readonly methods: readonly Tried[];
  /** What to take for the mean, unless that is exact, and for the tail. */
  readonly best: readonly Advice[];
}

/** The method that is worth the most for a figure; plain, which is worth 1, where no other is surely worth it. */
export interface Advice extends Wanted {
  readonly method: "plain" | SamplingMethod;
  readonly gain: number;
}

/** What is needed: pairs of trials, and as many blocks for each of the 16 sequences of Sobol points. */
const STEP = 65_536;

/** As many trials as every method can use whole. */
export function comparableTrials(trials: number): number {
  return Math.ceil(trials / STEP) * STEP;
}

export function comparisonOf(
  plan: Plan,
  choice: Choice,
  { samplingLevel, trials: askedTrials }: ResolvedConfig,
  rounds: number,
  tried: readonly Tried[],
): Comparison {
  const { portfolio, seed, generator = "pcg64", optimizationLevel } = plan;
  const exactMean = exactMeanOf(plan);
  return {
    portfolio,
    trials: plan.trials!,
    askedTrials,
    seed,
    generator,
    backend: choice.backend.name,
    optimizationLevel,
    rounds,
    samplingLevel,
    exactMean,
    methods: exactMean === null ? tried : tried.map(withoutMean),
    best: wantedOf(tried, exactMean, samplingLevel).map((wanted) => adviceOf(bestMethod(tried, [wanted]), wanted)),
  };
}

function withoutMean(tried: Tried): Tried {
  if ("reason" in tried) return tried;
  const gains = tried.gains.map((one) => (one.figure === "mean" ? { ...one, gain: null, perTrial: null } : one));
  return { ...tried, gains };
}

function adviceOf(best: Best | null, wanted: Wanted): Advice {
  return { ...wanted, ...(best ?? { method: "plain", gain: 1 }) };
}

/** The mean, unless it is exact, and the tail; of both only what has an error. */
function wantedOf([plain]: readonly Tried[], exactMean: number | null, samplingLevel: number): Wanted[] {
  const known = "gains" in plain ? plain.gains.filter(({ gain }) => gain !== null) : [];
  const mean = exactMean === null ? known.find(({ figure }) => figure === "mean") : undefined;
  const tail = tailOf(known, samplingLevel);
  return [mean, tail].flatMap((found) => (found === undefined ? [] : [{ figure: found.figure, p: found.p }]));
}

/** TVaR of the highest level that is compared and not beyond that of the tail, or of the lowest; VaR where no TVaR has an error. */
function tailOf(known: readonly Gain[], samplingLevel: number): Gain | undefined {
  const of = (name: Gain["figure"]) => known.filter(({ figure }) => figure === name);
  const gains = of("tvar").length > 0 ? of("tvar") : of("var");
  const sorted = gains.toSorted((a, b) => a.p! - b.p!);
  return sorted.findLast(({ p }) => p! <= samplingLevel) ?? sorted.at(0);
}
