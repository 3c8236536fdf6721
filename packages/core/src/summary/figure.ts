import { power } from "../math/power.ts";

/** The 0.975 quantile of the standard normal law, to the digits that 3.919928, the width of ± this, promises. */
export const NORMAL_975 = 1.959964;

/** An estimate with its standard error and 95 % interval. What is null is not known, and `reason` says why. */
export interface Figure {
  readonly value: number | null;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason?: string;
  /**
   * Where not every loss was kept: how far `value` may be from the figure of all losses, relative to it. An interval of
   * order statistics is wide enough to hold that of all losses.
   */
  readonly approximate?: number;
  /**
   * Where trials depend on each other, have weights or are helped by controls: how many plain trials would have had the
   * same standard error.
   */
  readonly effectiveTrials?: number;
}

const TOO_LARGE = "beyond the range of a double";

/** Why there is no figure of an output that the plan does not name. */
export const NOT_AN_OUTPUT = "not among the plan's outputs";

/** A figure of which nothing is known. */
export function unknownFigure(reason: string): Figure {
  return { value: null, se: null, low: null, high: null, reason };
}

/** A figure of which only the value is known. */
export function valueOnly(value: number, reason: string): Figure {
  if (!Number.isFinite(value)) return unknownFigure(TOO_LARGE);
  return { value, se: null, low: null, high: null, reason };
}

/** An estimate whose error is normal: value ± 1.959964 se; or Student's: value ± his quantile times se. */
export function normalFigure(value: number, se: number, quantile = NORMAL_975): Figure {
  return knownFigure(value, se, value - quantile * se, value + quantile * se);
}

/**
 * A mean of values whose distribution is skewed, as those of tails are: `skewness` is that of the estimate, of n values that of
 * one over √n. Such a mean and its standard error are large together, so that it is too small more often, and by more
 * standard errors, than too large: the interval is that of Hall's cubic transformation of the studentised mean, which has no
 * skewness and rises everywhere (Hall 1992, "On the removal of skewness by transformation", Journal of the Royal Statistical
 * Society B 54, section 2). Without skewness it is that of `normalFigure`.
 */
export function skewedFigure(value: number, se: number, skewness: number, quantile = NORMAL_975): Figure {
  if (!Number.isFinite(skewness)) return normalFigure(value, se, quantile);
  return knownFigure(value, se, value - se * unskewed(quantile, skewness), value - se * unskewed(-quantile, skewness));
}

/** Where the studentised mean is whose transform is x: 3 (∛(1 + γ (x − γ/6)) − 1) / γ, the difference written out. */
function unskewed(x: number, skewness: number): number {
  const moved = x - skewness / 6;
  const cube = 1 + skewness * moved;
  const root = cube < 0 ? -power(-cube, 1 / 3) : power(cube, 1 / 3);
  return (3 * moved) / (root * root + root + 1);
}

/** An estimate with an interval from order statistics, whose width stands for 2 · 1.959964 (or `quantile`) standard errors. */
export function intervalFigure(value: number, low: number, high: number, quantile = NORMAL_975): Figure {
  return knownFigure(value, (high - low) / (2 * quantile), low, high);
}

/** JSON has no infinities: an overflow is said, not printed as a number. */
function knownFigure(value: number, se: number, low: number, high: number): Figure {
  if (!Number.isFinite(high - low)) return valueOnly(value, `standard error ${TOO_LARGE}`);
  return { value, se, low, high };
}

/** `figure`, made of losses that are known up to a relative `error`. */
export function approximateFigure(figure: Figure, error: number): Figure {
  return error === 0 || figure.value === null ? figure : { ...figure, approximate: error };
}

/** `figure`, as good as that of so many plain trials; as it is where that is not a number above 0. */
export function effectiveFigure(figure: Figure, trials: number): Figure {
  return Number.isFinite(trials) && trials > 0 ? { ...figure, effectiveTrials: trials } : figure;
}
