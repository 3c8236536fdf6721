import type { Driver } from "./driver.ts";
import { STEP, ZERO_READ_AS } from "./grid.ts";

/** Consecutive trials that share their strata, and the number of strata; trials of two groups do not depend on each other. */
export const STRATIFIED_GROUP = 128;

const PER_STRATUM = 1 / STRATIFIED_GROUP;
/** Steps of the grid in a stratum: 2^46. */
const STEPS = PER_STRATUM / STEP;

/** Draws without replacement from the strata, one after the other. */
interface Strata {
  /** Puts all of them back. */
  readonly refill: () => void;
  /** A uniform in a stratum that was left, both by the uniform `u`. */
  readonly draw: (u: number) => number;
}

/**
 * Fisher and Yates's shuffle, forwards, driven by the uniforms that are to be stratified: with m strata left, u · m says
 * by its whole part which of them it is, and by its fraction where in it. The place is cut off to the grid, and the
 * product rounded, each by less than a step: a uniform's distribution function is off by no more. The whole part is below
 * m, for the largest u is 1 − 2^-53 and the product is rounded to nearest.
 */
function strataOf(): Strata {
  const all = Uint8Array.from({ length: STRATIFIED_GROUP }, (_, i) => i);
  const left = Uint8Array.from(all);
  let many = STRATIFIED_GROUP;
  return {
    refill() {
      left.set(all);
      many = STRATIFIED_GROUP;
    },
    draw(u) {
      const product = u * many;
      const at = Math.floor(product);
      const stratum = left[at];
      left[at] = left[--many];
      return Math.max(stratum * PER_STRATUM + Math.floor((product - at) * STEPS) * STEP, ZERO_READ_AS);
    },
  };
}

/**
 * Latin hypercubes of 128 consecutive trials (McKay, Beckman and Conover 1979, "A comparison of three methods for selecting
 * values of input variables in the analysis of output from a computer code"). A dimension is the count, or the claim
 * number k of a trial, k < `claimsDriven`; in each, the group's uniforms lie in different ones of 128 strata. Claims
 * beyond keep their own. A trial that has no claim number k takes no stratum there.
 *
 * One uniform of a dimension, taken alone, is uniform: its stratum is each with the same probability, as that of any place
 * in a shuffle, and its place in it is independent of the stratum. Dimensions have shuffles of their own from uniforms of
 * their own, and which trials take part in one depends on counts alone; so the uniforms of one trial are independent of
 * each other and every mean is unbiased. What is a sum of functions of one dimension each loses nearly all its variance;
 * that of the rest stays what it is for independent trials (Stein 1987; Owen 1992, "A central limit theorem for Latin
 * hypercube sampling", theorem 1).
 */
export function stratifiedDriver(claimsDriven: number): Driver {
  const ofCounts = strataOf();
  const ofClaims = Array.from({ length: claimsDriven }, strataOf);
  /** The trial whose claim came last, and that claim's number in it. */
  let trial = -1;
  let number = 0;

  function enter(next: number): void {
    if (trial === -1 || Math.floor(next / STRATIFIED_GROUP) !== Math.floor(trial / STRATIFIED_GROUP)) {
      for (const strata of ofClaims) strata.refill();
    }
    trial = next;
    number = 0;
  }

  return {
    begin() {},
    counts(_line, _copy, first, n, uniforms) {
      if (first === 0) trial = -1;
      for (let i = 0; i < n; i++) {
        if ((first + i) % STRATIFIED_GROUP === 0) ofCounts.refill();
        uniforms[i] = ofCounts.draw(uniforms[i]);
      }
    },
    claims(_line, _copy, n, uniforms, trials) {
      for (let i = 0; i < n; i++) {
        if (trials[i] === trial) number++;
        else enter(trials[i]);
        if (number < claimsDriven) uniforms[i] = ofClaims[number].draw(uniforms[i]);
      }
    },
  };
}
