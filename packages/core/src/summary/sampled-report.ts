import { LossmillError } from "../errors.ts";
import { type Design, designOf, figureOf, meanOf } from "./design.ts";
import { type ExistingMoments, INFINITE_MEAN, INFINITE_VARIANCE } from "./existing-moments.ts";
import { type Figure, unknownFigure, valueOnly } from "./figure.ts";
import type { Grouping } from "./groups.ts";
import type { Control } from "./regression.ts";
import { INFINITE_FOURTH_MOMENT, LEVELS, type Report, checkLevels } from "./report.ts";
import { sampledQuantiles } from "./sampled-quantiles.ts";

export type { Control, Grouping };

/** Trials that depend on each other, count differently or are helped by controls; one at least, and what is of them is as long. */
export interface SampledInput {
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** The likelihood ratio of each trial, 0 or more and 1 on average; null where all are 1. */
  readonly weights: Float64Array | null;
  readonly grouping: Grouping;
  readonly controls: readonly Control[];
  readonly exists: ExistingMoments;
  readonly levels?: readonly number[];
}

/**
 * The figures of `report` for trials of a run with less variance than plain ones, and how many of these each is worth
 * (`effectiveTrials`). Expectations are means of w · x over all trials; what controls say is taken off (`regression`, with
 * weights as the first of them), errors are those between groups, and intervals Student's. The fewer the groups, the
 * wider: two are the least.
 *
 * That the mean is estimated, too, leaves biases of order 1/G for G groups, below the error, which is of order 1/√G; those of the
 * slopes of controls are taken away. Errors trust that w · x has the moments that x has.
 *
 * The input is left as it is. Beyond it, some 16 bytes for each trial where groups are single trials, 8 for each group and
 * control, and what selects losses.
 *
 * @throws LossmillError BAD_CONFIGURATION for a level not strictly between 0 and 1, groups of no whole size, arrays of other lengths
 */
export function sampledReport(input: SampledInput): Report {
  const { total, maxOccurrence, claims, weights, grouping, controls, exists, levels = LEVELS } = input;
  checkLevels(levels);
  checkLengths(input);
  const design = designOf(total.length, weights, grouping, controls);
  const { mean, sd } = momentFigures(design, total, exists);
  return {
    claims: claimsFigure(design, claims),
    mean,
    sd,
    quantiles: sampledQuantiles(design, total, maxOccurrence, exists, levels),
  };
}

/** Throws unless there is one value for each trial. */
function checkLengths({ total, maxOccurrence, claims, weights, controls }: SampledInput): void {
  const arrays = {
    maxOccurrence,
    claims,
    ...(weights && { weights }),
    ...Object.fromEntries(controls.map(({ values }, i) => [`controls[${i}].values`, values])),
  };
  const faults = Object.entries(arrays)
    .filter(([, { length }]) => length !== total.length)
    .map(([place, { length }]) => ({
      place,
      message: `expected a value for each of ${total.length} trials, found ${length}`,
    }));
  if (faults.length > 0) throw new LossmillError("BAD_CONFIGURATION", faults);
}

function claimsFigure(design: Design, claims: Float64Array): Report["claims"] {
  const { mean, shift, se } = meanOf(design, weighted(design, claims));
  const { noError } = design;
  return noError === null ? { value: mean - shift, se } : { value: mean - shift, se: null, reason: noError };
}

/**
 * The sd is the root of E(x − mean)², the mean being the estimated one: an error in it changes that by the error's square,
 * on average by its variance, which is added. The error of a root follows from that of the square (the delta method).
 */
function momentFigures(design: Design, total: Float64Array, exists: ExistingMoments): { mean: Figure; sd: Figure } {
  if (!exists.mean) return { mean: unknownFigure(INFINITE_MEAN), sd: unknownFigure(INFINITE_MEAN) };
  const trials = total.length;
  const first = meanOf(design, weighted(design, total));
  const mean = first.mean - first.shift;
  if (!exists.variance) return { mean: valueOnly(mean, INFINITE_VARIANCE), sd: unknownFigure(INFINITE_VARIANCE) };
  if (trials < 2) return { mean: valueOnly(mean, design.noError!), sd: unknownFigure(design.noError!) };

  const { squares, fourth } = powers(design, total, mean);
  const second = meanOf(design, squares);
  const lost = design.noError === null ? first.se * first.se : second.mean / (trials - 1);
  // Where controls would leave less than nothing, they are not heard.
  const corrected = second.mean - second.shift;
  const variance = (corrected > 0 ? corrected : second.mean) + lost;
  const sd = Math.sqrt(variance);
  const meanFigure = figureOf(design, mean, first.se, variance);
  if (!exists.fourthMoment) return { mean: meanFigure, sd: valueOnly(sd, INFINITE_FOURTH_MOMENT) };
  const ofSquares = ((fourth - variance * variance) * trials) / (trials - 1);
  const se = sd === 0 ? 0 : second.se / (2 * sd);
  return { mean: meanFigure, sd: positive(figureOf(design, sd, se, ofSquares / (4 * variance))) };
}

/** Values by the weights of their trials, if any; else themselves. */
function weighted({ weights }: Design, values: Float64Array): Float64Array {
  if (weights === null) return values;
  const products = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) products[i] = values[i] * weights[i];
  return products;
}

/** w · (x − mean)² of each trial, and the mean of w · (x − mean)⁴. */
function powers({ weights }: Design, total: Float64Array, mean: number): { squares: Float64Array; fourth: number } {
  const squares = new Float64Array(total.length);
  let fourths = 0;
  for (let i = 0; i < total.length; i++) {
    const square = (total[i] - mean) * (total[i] - mean);
    squares[i] = weights === null ? square : weights[i] * square;
    fourths += squares[i] * square;
  }
  return { squares, fourth: fourths / total.length };
}

/** With few groups an interval may be wider than what it is around. */
function positive(figure: Figure): Figure {
  return figure.low === null ? figure : { ...figure, low: Math.max(0, figure.low) };
}
