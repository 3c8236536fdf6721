import { exp } from "../math/exp.ts";
import type { Tilting } from "./tilt.ts";

/** Losses of a pilot run, and the weight of each where it was weighted. */
export interface PilotLosses {
  readonly total: Float64Array;
  readonly weight?: Float64Array;
}

/** Logarithms of ratios: the first, the least step to the next, and how much of itself each is below the next. */
const FIRST = 0.02;
const GROWTH = 0.15;
/** Claims beyond so many times the quantile have one ratio: with an infinite mean it would grow too fast. */
const FARTHEST = 4;
/** More than there ever are. */
const MOST_RATIOS = 200;

/**
 * How often claims should come for the tail beyond the p-quantile x of the year's loss S to be known best.
 *
 * Among all Poisson processes of claims the one nearest, by cross-entropy, to the law of which the integrand E[(S − x)+] is
 * made has the intensity of the claims under that law (Rubinstein and Kroese 2004, The Cross-Entropy Method, 3.2). A claim
 * more that adds z leads from S to S + z (Mecke's formula: Last and Penrose 2017, Lectures on the Poisson Process, theorem
 * 4.1), so that its ratio is r(z) = E[(S + z − x)+] / E[(S − x)+], the same function for all lines, which a few thousand losses of
 * a pilot run give. It is 1 at 0 and rises; here in steps.
 *
 * Null where the pilot has no loss beyond x, or x is 0.
 */
export function optimalTilt(pilot: PilotLosses, p: number): Tilting | null {
  const excess = excessOf(pilot);
  const x = excess.quantile(1 - p);
  const least = excess.above(x);
  if (!(x > 0) || !(least > 0)) return null;
  const amounts = [0];
  const ratios = [1];
  let step = FIRST;
  for (let level = FIRST; ratios.length < MOST_RATIOS; level += step) {
    // A ratio stands for those half a step around it.
    const amount = x - excess.retention(least * exp(level - step / 2));
    if (!(amount < FARTHEST * x)) break;
    amounts.push(amount);
    ratios.push(exp(level));
    step = Math.max(FIRST, GROWTH * level);
  }
  return { amounts, ratios };
}

/** E[(S − y)+] of weighted losses as a function of y: convex, falling, and straight between losses. */
function excessOf({ total, weight }: PilotLosses) {
  const n = total.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => total[j] - total[i]);
  const losses = Float64Array.from(order, (i) => total[i]);
  // Of the losses from the largest down to each: their weight, and their excess over it.
  const weights = new Float64Array(n);
  const excesses = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0) excesses[i] = excesses[i - 1] + sum * (losses[i - 1] - losses[i]);
    sum += (weight === undefined ? 1 : weight[order[i]]) / n;
    weights[i] = sum;
  }
  /** The first loss for which `isReached`, a condition that stays once it holds; n where there is none. */
  const first = (isReached: (i: number) => boolean) => {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isReached(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    /** The largest loss that is reached with a probability above `tail`. */
    quantile: (tail: number) =>
      losses[
        Math.min(
          n - 1,
          first((i) => weights[i] > tail),
        )
      ],
    /** E[(S − y)+]. */
    above(y: number): number {
      const i = first((k) => losses[k] <= y);
      return i === 0 ? 0 : excesses[i - 1] + weights[i - 1] * (losses[i - 1] - y);
    },
    /** The y of which E[(S − y)+] is `wanted`, which is above 0. */
    retention(wanted: number): number {
      const i = first((k) => excesses[k] >= wanted) - 1;
      return losses[i] - (wanted - excesses[i]) / weights[i];
    },
  };
}

/** The level of each pilot run towards a tail of 1 − p: each fifty times rarer than the one before. */
export function pilotLevels(p: number): number[] {
  const levels = [p];
  for (let tail = 1 - p; tail < PLAIN_TAIL;) {
    tail *= STAGE;
    levels.unshift(1 - tail);
  }
  return levels;
}

/** The rarest tail that a plain pilot is asked about. */
const PLAIN_TAIL = 0.002;
/** A run tilted for one tail knows one so many times rarer. */
const STAGE = 50;
