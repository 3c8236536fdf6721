import { LossmillError } from "../errors.ts";
import { type ExistingMoments, INFINITE_MEAN, INFINITE_VARIANCE } from "./existing-moments.ts";
import { type Figure, NOT_AN_OUTPUT, normalFigure, unknownFigure, valueOnly } from "./figure.ts";
import { type Moments, sd, standardErrorOfMean, standardErrorOfSd } from "./moments.ts";
import { keptOrder } from "./ordered.ts";
import { type Order, type QuantileFigures, quantileFigures } from "./quantile-figures.ts";
import { selectRanks } from "./selection-by-buckets.ts";
import type { Summary } from "./summary.ts";

export type { ExistingMoments, Figure, QuantileFigures };

/** The levels of a report unless others are asked for: return periods of 2, 5, 10, 20, 40, 50, 100 … 1,000 years. */
export const LEVELS: readonly number[] = [0.5, 0.8, 0.9, 0.95, 0.975, 0.98, 0.99, 0.995, 0.996, 0.998, 0.999];

/** All figures of a run. */
export interface Report {
  /** Paying claims a year. */
  readonly claims: Pick<Figure, "value" | "se" | "reason">;
  readonly mean: Figure;
  readonly sd: Figure;
  readonly quantiles: readonly QuantileFigures[];
}

/**
 * What a report is made of: the summary of all trials and, in any order, their losses; at least one trial. Largest claims only
 * where the summary has some: figures of what the plan's outputs do not name are null, with the reason.
 */
export interface ReportInput {
  readonly summary: Summary;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly exists: ExistingMoments;
  readonly levels?: readonly number[];
}

/**
 * Mean, sd, VaR, TVaR and OEP, each with its standard error and 95 % interval or the reason why it has none. The losses
 * are left as they are; one copy of one array (8 bytes a trial) is made.
 *
 * @throws LossmillError BAD_CONFIGURATION for a level that is not strictly between 0 and 1
 */
export function report({ summary, total, maxOccurrence, exists, levels = LEVELS }: ReportInput): Report {
  const scratch = new Float64Array(total.length);
  const placed = (values: Float64Array, tail: boolean) => (ranks: readonly number[]) => {
    selectRanks(values, ranks, scratch, { tail });
    return keptOrder(scratch);
  };
  // Of the largest claims no mean of a tail is asked for.
  return reportOf(summary, { total: placed(total, true), maxOccurrence: placed(maxOccurrence, false) }, exists, levels);
}

/** As `report`, of losses in order. */
export function reportOf(
  summary: Summary,
  orders: { readonly total: Order; readonly maxOccurrence: Order },
  exists: ExistingMoments,
  levels: readonly number[],
): Report {
  checkLevels(levels);
  return {
    claims: claimsFigure(summary.claims),
    mean: meanFigure(summary.total, exists),
    sd: sdFigure(summary.total, exists),
    quantiles: quantileFigures(summary.total.n, askedOf(summary, orders), exists, levels),
  };
}

function askedOf({ maxOccurrence }: Summary, orders: { readonly total: Order; readonly maxOccurrence: Order }) {
  return maxOccurrence.n > 0 ? orders : { ...orders, maxOccurrence: null };
}

/** Throws unless every level is strictly between 0 and 1. */
export function checkLevels(levels: readonly number[]): void {
  const faults = levels.flatMap((p, i) =>
    p > 0 && p < 1 ? [] : [{ place: `levels[${i}]`, message: `expected a probability between 0 and 1, found ${p}` }],
  );
  if (faults.length > 0) throw new LossmillError("BAD_CONFIGURATION", faults);
}

/** The mean of a loss of such moments. */
export function meanFigure(total: Moments, exists: ExistingMoments): Figure {
  if (!exists.mean) return unknownFigure(INFINITE_MEAN);
  if (!exists.variance) return valueOnly(total.mean, INFINITE_VARIANCE);
  return total.n < 2 ? valueOnly(total.mean, ONE_TRIAL) : normalFigure(total.mean, standardErrorOfMean(total));
}

/** The sd of a loss of such moments. The interval stays above 0 by itself: a kurtosis is below n, so an se is below half of its sd. */
export function sdFigure(total: Moments, exists: ExistingMoments): Figure {
  if (!exists.mean) return unknownFigure(INFINITE_MEAN);
  if (!exists.variance) return unknownFigure(INFINITE_VARIANCE);
  if (total.n < 2) return unknownFigure(ONE_TRIAL);
  if (!exists.fourthMoment) return valueOnly(sd(total), INFINITE_FOURTH_MOMENT);
  return normalFigure(sd(total), standardErrorOfSd(total));
}

function claimsFigure(claims: Moments): Report["claims"] {
  if (claims.n === 0) return { value: null, se: null, reason: NOT_AN_OUTPUT };
  if (claims.n < 2) return { value: claims.mean, se: null, reason: ONE_TRIAL };
  return { value: claims.mean, se: standardErrorOfMean(claims) };
}

export const INFINITE_FOURTH_MOMENT = "the fourth moment is infinite";
export const ONE_TRIAL = "needs n ≥ 2";
