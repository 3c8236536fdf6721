import type { Driver } from "./driver.ts";
import { STEP, ZERO_READ_AS } from "./grid.ts";

/** Trials that depend on each other; those of two groups do not. */
export const ANTITHETIC_GROUP = 2;

const LARGEST = 1 - STEP;
const STEPS = 1 / STEP;
/** Claims of a trial that there is room for before one that has more. */
const ROOM = 64;

/**
 * The uniform on the other side: of the multiple k the multiple 2^53 − 1 − k, the complement of its bits. A one-to-one map
 * of the grid to itself, so both have the same law to the last bit, and twice mirrored is the same; 1 − u has not, for it
 * can be 1 and not 0. 2^-54 stands for k = 0. Every step is exact.
 */
export function mirror(u: number): number {
  return Math.max(LARGEST - Math.floor(u * STEPS) * STEP, ZERO_READ_AS);
}

/**
 * Antithetic pairs (Hammersley and Morton 1956, "A new Monte Carlo technique: antithetic variates"): of trials 2i and
 * 2i + 1, the second has the mirrored count uniform of the first, and its claims the mirrored uniforms of the first's
 * claims of the same number, as far as there are such; the rest keep their own. Which claims those are depends on counts
 * alone, and given these the uniforms of claims are independent and uniform: the second trial has the law of the first.
 */
export function antitheticDriver(): Driver {
  /** In an array, for a number that is not whole would be a new object each time. */
  const lastCount = new Float64Array(1);
  /** The trial whose claim came last, and how many of its claims have come. */
  let trial = -1;
  let claims = 0;
  /** The first trial of the pair whose claims are kept, how many they are, and their uniforms. */
  let keptTrial = -1;
  let keptClaims = 0;
  let kept = new Float64Array(ROOM);

  function keep(u: number): void {
    if (keptClaims === kept.length) {
      const larger = new Float64Array(2 * kept.length);
      larger.set(kept);
      kept = larger;
    }
    kept[keptClaims++] = u;
  }

  function enter(next: number): void {
    trial = next;
    claims = 0;
    if ((next & 1) === 1) return;
    keptTrial = next;
    keptClaims = 0;
  }

  return {
    begin() {},
    counts(_line, _copy, first, n, uniforms) {
      if (first === 0) {
        trial = -1;
        keptTrial = -1;
      }
      for (let i = 0; i < n; i++) {
        if (((first + i) & 1) === 1) uniforms[i] = mirror(lastCount[0]);
        else lastCount[0] = uniforms[i];
      }
    },
    claims(_line, _copy, n, uniforms, trials) {
      for (let i = 0; i < n; i++) {
        if (trials[i] !== trial) enter(trials[i]);
        if ((trial & 1) === 0) keep(uniforms[i]);
        else if (keptTrial === trial - 1 && claims < keptClaims) uniforms[i] = mirror(kept[claims]);
        claims++;
      }
    },
  };
}
