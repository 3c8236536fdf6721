import type { Buckets } from "./buckets.ts";
import { EXPONENTS, PER_EXPONENT, type Tally, compiledTally, plainTally } from "./tally.ts";

/** Counts of values in buckets. */
export interface Sketch {
  /** Counts a block's values at most; returns those above the threshold, in their order, valid until more are added. */
  add(values: Float64Array, threshold: number): Float64Array;
  buckets(): Buckets;
  /** Adds what another sketch counted. */
  absorb(buckets: Buckets): void;
}

/** The most that a count of 32 bits can take. */
const MOST = 2_147_483_647;

/**
 * Counts values in buckets given by exponent and leading 10 bits of the mantissa: the upper bits of the double, read as
 * they are, so that every engine counts alike. 0 has a bucket of its own (with what is below 2^-1032). Counts are added up
 * in 32 bits, and carried over to doubles, whole to 2^53, after at most `carryAfter` values; those have pages, one an
 * exponent, made when there is something to carry. Values are 0 or more; no NaN.
 */
export function sketch(carryAfter = MOST, tally: Tally = compiledTally() ?? plainTally()): Sketch {
  const { counts, seen } = tally;
  /** By exponent. */
  const pages: (Float64Array | undefined)[] = Array.from({ length: EXPONENTS });
  let added = 0;

  function pageOf(exponent: number): Float64Array {
    return (pages[exponent] ??= new Float64Array(PER_EXPONENT));
  }

  function carry(): void {
    for (let exponent = 0; exponent < EXPONENTS; exponent++) {
      if (seen[exponent] === 0) continue;
      const page = pageOf(exponent);
      const pairs = counts.subarray(2 * exponent * PER_EXPONENT, 2 * (exponent + 1) * PER_EXPONENT);
      for (let place = 0; place < PER_EXPONENT; place++) page[place] += pairs[2 * place] + pairs[2 * place + 1];
      pairs.fill(0);
    }
    seen.fill(0);
    added = 0;
  }

  return {
    add(values, threshold) {
      if (added + values.length > carryAfter) carry();
      added += values.length;
      return tally.add(values, threshold);
    },
    buckets() {
      carry();
      return bucketsOf(pages);
    },
    absorb({ numbers, counts: more }) {
      for (let i = 0; i < numbers.length; i++) {
        pageOf(Math.floor(numbers[i] / PER_EXPONENT))[numbers[i] % PER_EXPONENT] += more[i];
      }
    },
  };
}

/** The buckets with values. */
function bucketsOf(pages: readonly (Float64Array | undefined)[]): Buckets {
  const numbers: number[] = [];
  const counts: number[] = [];
  pages.forEach((page, exponent) =>
    page?.forEach((values, place) => {
      if (values === 0) return;
      numbers.push(exponent * PER_EXPONENT + place);
      counts.push(values);
    }),
  );
  return { numbers: Int32Array.from(numbers), counts: Float64Array.from(counts) };
}
