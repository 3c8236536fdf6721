import { productError, sumError } from "../../../math/rounding-error.ts";
import type { Pair } from "../../../math/rounding-error.ts";
import { isNegligible, type Masses } from "./masses.ts";
import { exactSum, ONE, over, pair, times, ZERO } from "./pair.ts";

/**
 * The laws of Panjer's class and its shifts (Klugman, Panjer & Willmot, Loss Models, 6.5): from k = first up,
 * p(k + 1) / p(k) = odds · (alpha + sigma k) / (k + 1).
 */
export interface PanjerRecurrence {
  readonly first: number;
  readonly odds: Pair;
  readonly alpha: number;
  readonly sigma: -1 | 0 | 1;
}

/**
 * The masses of 0, 1, … until what is left is below `rest`, a share of all that is above 0. Starts at the mode with 1.
 */
export function panjerMasses(recurrence: PanjerRecurrence, rest: number): Masses {
  const mode = modeOf(recurrence);
  const high = [1];
  const low = [0];
  if (mode > 0) {
    descend(recurrence, mode, high, low);
    high.reverse();
    low.reverse();
  }
  ascend(recurrence, mode, high, low, rest);
  return { high, low, length: high.length };
}

function modeOf({ first, odds, alpha, sigma }: PanjerRecurrence): number {
  const mode = Math.floor((odds.high * alpha - 1) / (1 - sigma * odds.high - sigma * odds.low)) + 1;
  return Math.max(first, sigma < 0 ? Math.min(mode, alpha) : mode);
}

/** Appends the masses of mode − 1, …, 0. */
function descend({ first, odds, alpha, sigma }: PanjerRecurrence, mode: number, high: number[], low: number[]): void {
  let mass = ONE;
  for (let k = mode - 1; k >= 0; k--) {
    const factor = times(odds, exactSum(alpha, sigma * k));
    mass = k < first || mass.high === 0 ? ZERO : over(times(mass, pair(k + 1)), factor);
    high.push(mass.high);
    low.push(mass.low);
  }
}

/**
 * Appends the masses of mode + 1, …. Written out, not with pairs: a plan may have ten thousand short tables, and
 * objects made each of them four times as slow.
 */
function ascend({ odds, alpha, sigma }: PanjerRecurrence, mode: number, high: number[], low: number[], rest: number) {
  let mass = 1;
  let massLow = 0;
  let sum = mode > 0 ? 1 : 0;
  for (let k = mode; ; k++) {
    const step = sigma * k;
    const offset = alpha + step;
    const factor = odds.high * offset;
    const factorLow =
      productError(odds.high, offset, factor) + (odds.high * sumError(alpha, step, offset) + odds.low * offset);
    const product = mass * factor;
    const productLow = productError(mass, factor, product) + (mass * factorLow + massLow * factor);
    const quotient = product / (k + 1);
    const back = quotient * (k + 1);
    const quotientLow = (product - back - productError(quotient, k + 1, back) + productLow) / (k + 1);
    const before = mass;
    mass = quotient + quotientLow;
    massLow = quotientLow - (mass - quotient);
    sum += mass;
    high.push(mass);
    low.push(massLow);
    if (isNegligible(mass, before, sum, rest)) return;
  }
}
