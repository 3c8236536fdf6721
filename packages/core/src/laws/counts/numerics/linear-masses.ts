import type { Pair } from "../../../math/rounding-error.ts";
import { isNegligible, type Masses } from "./masses.ts";
import { ONE } from "./pair.ts";

/** The state of a linear recurrence: the mass of k and whatever else the next one is made of. */
export interface LinearState {
  readonly mass: Pair;
  readonly other: Pair;
}

/** Above this all masses are scaled down, far from the 2^996 at which products of pairs fail. */
const HIGHEST = 3.273390607896142e150;
const SCALE_DOWN = 3.054936363499605e-151;

/**
 * Masses by a recurrence that is linear in its state and adds only positive terms, from P(N = 0) ∝ 1 up until what is
 * left is below `rest`, a share of all that is above 0. Relative errors stay near 2^-100 a step, whatever the start.
 */
export function linearMasses(other: Pair, next: (state: LinearState, k: number) => LinearState, rest: number): Masses {
  const high = [1];
  const low = [0];
  let state: LinearState = { mass: ONE, other };
  let sum = 0;
  let live = 0;
  for (let k = 0; ; k++) {
    const before = state.mass.high;
    state = next(state, k);
    high.push(state.mass.high);
    low.push(state.mass.low);
    sum += state.mass.high;
    if (isNegligible(state.mass.high, before, sum, rest)) return { high, low, length: high.length };
    if (state.mass.high > HIGHEST) {
      state = { mass: scaledDown(state.mass), other: scaledDown(state.other) };
      sum *= SCALE_DOWN;
      live = scaleDown(high, low, live);
    }
  }
}

function scaledDown({ high, low }: Pair): Pair {
  return { high: high * SCALE_DOWN, low: low * SCALE_DOWN };
}

/**
 * Scales the masses from `live` on; returns the first that is not 0 now, so that none is scaled more than three times.
 */
function scaleDown(high: number[], low: number[], live: number): number {
  let first = live;
  for (let k = live; k < high.length; k++) {
    high[k] *= SCALE_DOWN;
    low[k] *= SCALE_DOWN;
    if (high[k] === 0) first = k + 1;
  }
  return first;
}
