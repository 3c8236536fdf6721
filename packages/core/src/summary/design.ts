import { sum } from "../math/compensated-sum.ts";
import { type Figure, NORMAL_975, effectiveFigure, skewedFigure, valueOnly } from "./figure.ts";
import { type Grouping, type Groups, groupSums, groupsOf, isSmall } from "./groups.ts";
import { type Control, type Fit, type Regression, regression } from "./regression.ts";
import { ONE_TRIAL } from "./report.ts";
import { studentQuantile975 } from "./student-quantile.ts";

/** How trials were drawn: what belongs together, what each counts, and what else is known of them. */
export interface Design {
  readonly groups: Groups;
  readonly weights: Float64Array | null;
  readonly regression: Regression;
  /** Half the width of a 95 % interval, in standard errors. */
  readonly quantile: number;
  /** `quantile` over that of as many plain trials. */
  readonly widening: number;
  /** Why there are no errors, or null. */
  readonly noError: string | null;
}

const ONE_GROUP = "needs two groups of trials";

/** Weights are a control of mean 1, before the others. */
export function designOf(
  trials: number,
  weights: Float64Array | null,
  grouping: Grouping,
  controls: readonly Control[],
): Design {
  const groups = groupsOf(grouping, trials);
  const all = weights === null ? controls : [{ values: weights, mean: 1 }, ...controls];
  // Weights are bounded: none of them decides a slope. Of larger groups there are too few to be left out.
  const fitted = regression(groups, all, controls.length > 0 && isSmall(groups.run));
  const design = { groups, weights, regression: fitted };
  if (groups.count < 2) {
    return { ...design, quantile: NORMAL_975, widening: 1, noError: trials < 2 ? ONE_TRIAL : ONE_GROUP };
  }
  const quantile = studentQuantile975(fitted.degrees);
  return { ...design, quantile, widening: quantile / studentQuantile975(trials - 1), noError: null };
}

/** The mean of values that are multiplied by the weights already, and what the design says of it. */
export function meanOf({ groups, regression: fitted }: Design, weighted: Float64Array): Fit & { mean: number } {
  const mean = sum(weighted) / groups.trials;
  return { mean, ...fitted.fit(groupSums(groups, weighted, mean)) };
}

/** A value with its standard error and skewness; `variance` is that of the value of one plain trial, or NaN. */
export function figureOf(design: Design, value: number, se: number, variance: number, skewness = 0): Figure {
  const { quantile, noError } = design;
  if (noError !== null) return valueOnly(value, noError);
  const figure = skewedFigure(value, se, skewness, quantile);
  return figure.se === null ? figure : effectiveFigure(figure, variance / (se * se));
}
