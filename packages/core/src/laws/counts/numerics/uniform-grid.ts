/**
 * Uniforms are multiples of 2^-53, as are the doubles between 1/2 and 1. A probability there is rounded down, not to
 * the nearest: then a uniform is above its double exactly where it is above the probability itself, up to the last
 * uniform.
 */
const STEP = 1.1102230246251565e-16;

/** 1 − 2^-53. */
export const LARGEST_UNIFORM = 1 - STEP;

/** A part of a tail that may be its own error: what lies on the grid should stay there. */
const DOUBT = 1e-15;

/** 1 − tail for a tail of at most 1/2. */
export function complementOf(tail: number): number {
  const nearest = 1 - tail;
  return tail - (1 - nearest) > DOUBT * tail ? nearest - STEP : nearest;
}

/** high + low, where high is the nearest double and low is known to 2^-80. */
export function onGrid(high: number, low: number): number {
  return high > 0.5 && low < -STEP * STEP ? high - STEP : high;
}
