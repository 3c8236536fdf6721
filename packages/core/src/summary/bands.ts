import { BUCKETS, bucketOf, rangeOf } from "./selection-by-buckets.ts";
import { UPPER } from "./words.ts";

/**
 * Trials by band: those in band k exceed the k lowest thresholds. A trial's y over its own threshold, the highest that it
 * exceeds, is `offset`; over the next one below, by the `rise` between both more. So sums over tails are those over bands,
 * added up from the top: every number is above 0, and nothing cancels. Band 0 is in no tail; what is added up there is not
 * read.
 */
export interface Bands {
  /** The band of each trial. */
  readonly of: Uint16Array;
  /** How many there are, band 0 among them. */
  readonly count: number;
  /** Null where offsets are all 1. */
  readonly values: Float64Array | null;
  /** By band: its threshold; 0 for band 0. */
  readonly bases: Float64Array;
  /** By band: what is added to y between the threshold of the next band and its own; 0 for the last. */
  readonly rises: Float64Array;
}

/** Thresholds ascend. y is the excess where `isExcess`, else 1. */
export function bandsOf(values: Float64Array, thresholds: Float64Array, isExcess: boolean): Bands {
  const count = thresholds.length + 1;
  const bases = new Float64Array(count);
  bases.set(thresholds, 1);
  const rises = new Float64Array(count);
  if (isExcess) for (let k = 1; k < count - 1; k++) rises[k] = bases[k + 1] - bases[k];
  return { of: exceededBy(values, thresholds), count, values: isExcess ? values : null, bases, rises };
}

/** From sums of 1, offset and offset² by band to those of y and y² by tail. */
export function addUp(
  sums: Float64Array,
  rises: Float64Array,
  see: (band: number, first: number, second: number) => void,
): void {
  let [zeroth, first, second] = [0, 0, 0];
  for (let k = rises.length - 1; k > 0; k--) {
    const rise = rises[k];
    second += rise * (2 * first + rise * zeroth) + sums[3 * k + 2];
    first += rise * zeroth + sums[3 * k + 1];
    zeroth += sums[3 * k];
    see(k, first, second);
  }
}

/**
 * For each value how many of the thresholds, which ascend, it exceeds. Most buckets of upper words (as in `selectRanks`)
 * hold no threshold, and their values need no comparison. 2 bytes a value.
 */
export function exceededBy(values: Float64Array, thresholds: Float64Array): Uint16Array {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const { least, shift } = rangeOf(words);
  const below = thresholdsBelow(thresholds, (word) => bucketOf(word, least, shift));
  const exceeded = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf(words[2 * i + UPPER], least, shift);
    const end = below[bucket + 1];
    let count = below[bucket];
    while (count < end && values[i] > thresholds[count]) count++;
    exceeded[i] = count;
  }
  return exceeded;
}

/** By bucket, and for one more after the last: how many thresholds are in the buckets before. */
function thresholdsBelow(thresholds: Float64Array, bucketOfWord: (word: number) => number): Uint16Array {
  const words = new Int32Array(thresholds.buffer, thresholds.byteOffset, 2 * thresholds.length);
  const below = new Uint16Array(BUCKETS + 1);
  for (let i = 0; i < thresholds.length; i++) below[bucketOfWord(words[2 * i + UPPER]) + 1]++;
  for (let bucket = 0; bucket < BUCKETS; bucket++) below[bucket + 1] += below[bucket];
  return below;
}
