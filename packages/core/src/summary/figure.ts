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
}

const TOO_LARGE = "beyond the range of a double";

/** A figure of which nothing is known. */
export function unknownFigure(reason: string): Figure {
  return { value: null, se: null, low: null, high: null, reason };
}

/** A figure of which only the value is known. */
export function valueOnly(value: number, reason: string): Figure {
  if (!Number.isFinite(value)) return unknownFigure(TOO_LARGE);
  return { value, se: null, low: null, high: null, reason };
}

/** An estimate whose error is normal: value ± 1.959964 se. */
export function normalFigure(value: number, se: number): Figure {
  return knownFigure(value, se, value - NORMAL_975 * se, value + NORMAL_975 * se);
}

/** An estimate with an interval from order statistics, whose width stands for 2 · 1.959964 standard errors. */
export function intervalFigure(value: number, low: number, high: number): Figure {
  return knownFigure(value, (high - low) / (2 * NORMAL_975), low, high);
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
