import { productError, sumError } from "../../../math/rounding-error.ts";
import type { Pair } from "../../../math/rounding-error.ts";
import { plus, ZERO } from "./pair.ts";
import { LARGEST_UNIFORM, onGrid } from "./uniform-grid.ts";

/**
 * The probabilities of 0, 1, … up to a common factor, each in two doubles: divided by their sum they need no
 * exponential, and prefix sums stay exact to the last bit of a double even just below 1.
 */
export interface Masses {
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly length: number;
}

export function massAt({ high, low }: Masses, k: number): Pair {
  return { high: high[k], low: low[k] };
}

/** The sum of the masses from `first` on. */
export function totalMass(masses: Masses, first = 0): Pair {
  let total = ZERO;
  for (let k = masses.length - 1; k >= first; k--) total = plus(total, massAt(masses, k));
  return total;
}

/**
 * F(0), F(1), … up to the last one below 1 − 2^-53, each the exact value rounded to uniforms; null where there are more
 * than `most`. Written out, not with pairs, for the ten thousand short tables that a plan may have.
 */
export function thresholdsOf(masses: Masses, most: number): Float64Array | null {
  const { high, low } = masses;
  const total = totalMass(masses);
  const thresholds: number[] = [];
  let sum = 0;
  let sumLow = 0;
  for (let k = 0; k < masses.length; k++) {
    const next = sum + high[k];
    sumLow += sumError(sum, high[k], next) + low[k];
    sum = next;
    const share = sum / total.high;
    const back = share * total.high;
    const rest = sum - back - productError(share, total.high, back) + (sumLow - share * total.low);
    const nearest = share + rest / total.high;
    const threshold = onGrid(nearest, rest / total.high - (nearest - share));
    if (threshold >= LARGEST_UNIFORM) break;
    thresholds.push(threshold);
  }
  return thresholds.length > most ? null : new Float64Array(thresholds);
}

/** The masses of a plain list of probabilities. */
export function listedMasses(probabilities: ArrayLike<number>): Masses {
  const { length } = probabilities;
  return { high: probabilities, low: new Float64Array(length), length };
}

/**
 * Whether what lies beyond the last mass is below `rest`, a share of `sum`: the remaining masses fall at least as fast
 * as the last two, so that they add up to at most last · ratio / (1 − ratio).
 */
export function isNegligible(last: number, before: number, sum: number, rest: number): boolean {
  return last <= rest * sum && last <= rest * sum * (1 - last / before);
}
