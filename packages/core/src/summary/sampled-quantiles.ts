import { returnPeriodOf, tailSize } from "./decimal.ts";
import { type Design, figureOf } from "./design.ts";
import { type ExistingMoments, INFINITE_MEAN, INFINITE_VARIANCE } from "./existing-moments.ts";
import { type Figure, NORMAL_975, effectiveFigure, intervalFigure, unknownFigure, valueOnly } from "./figure.ts";
import { isSmall } from "./groups.ts";
import { lossesNeeded, orderStatisticInterval } from "./order-statistic-interval.ts";
import type { QuantileFigures } from "./quantile-figures.ts";
import { type TailFit, tailExcesses, tailProbabilities } from "./tail-fits.ts";
import { tailSelection } from "./weighted-quantile.ts";
import { doubleBelow } from "./words.ts";

/** The figures of each level. The errors of TVaRs are only told where those of VaRs are, as in `quantileFigures`. */
export function sampledQuantiles(
  design: Design,
  total: Float64Array,
  maxOccurrence: Float64Array,
  exists: ExistingMoments,
  levels: readonly number[],
): QuantileFigures[] {
  if (levels.length === 0) return [];
  const vars = quantileFigures(design, total, levels);
  const tvars = tailFigures(design, total, levels, vars, exists);
  const oeps = quantileFigures(design, maxOccurrence, levels);
  return levels.map((p, i) => ({ p, returnPeriod: returnPeriodOf(p), var: vars[i], tvar: tvars[i], oep: oeps[i] }));
}

/**
 * VaR of each level: the smallest loss whose tail, by the weights of the trials and as the controls correct it, is 1 − p at
 * most. The error of that tail's probability makes the trials as good as so many plain ones, and the interval is that of
 * the order statistics of these, read as probabilities (Korn and Graubard 1998, Confidence intervals for proportions with
 * small expected number of positive counts, Survey Methodology 24; Woodruff 1952 for the way back to losses).
 */
function quantileFigures(design: Design, values: Float64Array, levels: readonly number[]): Figure[] {
  const { trials } = design.groups;
  const select = tailSelection(values, design.weights);
  const [largest, ...thresholds] = select([0, ...levels.map((p) => tailSize(trials, p))]);
  // Nothing lies beyond a largest loss, which is where levels beyond the data are, and limits: then its own probability.
  const beyond = thresholds.map((threshold) => (threshold < largest ? threshold : doubleBelow(largest)));
  const tails = tailProbabilities(design, values, beyond).map((fit) => tailOf(fit, trials));
  const ends = levels.map((p, i) => intervalOf(design, tails[i].effective, p));
  const masses = levels.map((p, i) => tailSize(trials, p) + trials * tails[i].shift);
  const lows = ends.map((interval, i) => trials * ((interval?.low ?? 0) + tails[i].shift));
  const highs = ends.map((interval, i) => trials * ((interval?.high ?? 0) + tails[i].shift));
  const losses = select([...masses, ...lows, ...highs]);
  return levels.map((p, i) => {
    const value = losses[i];
    if (Number.isNaN(value)) return unknownFigure(NO_WEIGHT);
    if (design.noError !== null) return valueOnly(value, design.noError);
    const figure =
      ends[i] === null
        ? valueOnly(value, `needs n ≥ ${lossesNeeded(p)} in effective trials`)
        : intervalFigure(value, losses[levels.length + i], losses[2 * levels.length + i], NORMAL_975 * design.widening);
    return effectiveFigure(figure, tails[i].effective);
  });
}

const NO_WEIGHT = "no trial has a weight";

/** What is known of the probability of exceeding a loss. */
interface Tail {
  /** What the controls take off it. */
  readonly shift: number;
  /** So many plain trials know it as well. */
  readonly effective: number;
}

function tailOf({ mean: probability, trials: beyond, shift, se }: TailFit, trials: number): Tail {
  const variance = (probability * (1 - probability) * trials) / (trials - 1);
  if (!(variance > 0)) return { shift, effective: trials };
  // Each loss is a step, of 1/n or as its weight says: where every group has as much beyond, that is what remains unknown.
  const step = probability / beyond;
  return { shift, effective: Math.min(MOST_EFFECTIVE, variance / Math.max(se * se, step * step)) };
}

/** An interval is as narrow as it need be. */
const MOST_EFFECTIVE = 1e12;

/** Tail probabilities of the ends of an interval; null where so few trials have none. */
interface TailInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Trials are as many fewer as Student's quantile is wider than that of plain trials. Ranks are read half a rank up: between
 * the probabilities at which a sample's share and its next would be rejected; of plain trials that is the same loss.
 */
function intervalOf({ widening, noError }: Design, effective: number, p: number): TailInterval | null {
  if (noError !== null) return null;
  const n = Math.max(1, Math.round(effective / (widening * widening)));
  const { lower, upper } = orderStatisticInterval(n, p);
  if (lower === null || upper === null) return null;
  return { low: (n - lower + 0.5) / n, high: (n - upper + 0.5) / n };
}

/** TVaR of each level: VaR + mean of w · (x − VaR)+ / (1 − p), as `tailValuesAtRisk` of plain trials. */
function tailFigures(
  design: Design,
  values: Float64Array,
  levels: readonly number[],
  vars: readonly Figure[],
  exists: ExistingMoments,
): Figure[] {
  if (!exists.mean) return levels.map(() => unknownFigure(INFINITE_MEAN));
  const known = levels.map((_, i) => i).filter((i) => vars[i].value !== null);
  const fits = tailExcesses(
    design,
    values,
    known.map((i) => vars[i].value!),
  );
  const figures: Figure[] = [...vars];
  known.forEach((i, at) => (figures[i] = tailFigure(design, fits[at], levels[i], vars[i], exists)));
  return figures;
}

function tailFigure(
  design: Design,
  { mean: raw, square, shift, se, cubes }: TailFit,
  p: number,
  { value: threshold, se: seOfVar, reason }: Figure,
  exists: ExistingMoments,
): Figure {
  const { trials, run } = design.groups;
  const mean = raw - shift;
  // The tail's share of all trials, as a number of them rounded once.
  const share = tailSize(trials, p) / trials;
  const value = threshold! + mean / share;
  if (!exists.variance) return valueOnly(value, INFINITE_VARIANCE);
  if (seOfVar === null) return valueOnly(value, reason!);
  const variance = ((square - mean * mean) * trials) / (trials - 1);
  const spread = trials * (isSmall(run) ? se : Math.sqrt(variance / trials));
  return figureOf(design, value, se / share, variance / (share * share), cubes / (spread * spread * spread));
}
