import { doubleOf } from "./words.ts";

/**
 * Counts of values in buckets: those with values, in ascending order. A bucket's number is the exponent and the leading
 * 10 bits of the mantissa of its values, as they stand in a double: 0 is in bucket 0, with what is below 2^-1032.
 */
export interface Buckets {
  readonly numbers: Int32Array;
  readonly counts: Float64Array;
}

/** How many upper words of doubles share a bucket. */
const WORDS = 1024;

/** The number of the bucket of Infinity. */
const OF_INFINITY = 2047 * 1024;

/** By how much a bucket's middle may differ from a value in it, relative to the value: half of 2^-10. */
export const BUCKET_ERROR = 1 / 2048;

/** The least value of a bucket, its middle and its largest value. */
export interface Bounds {
  readonly least: number;
  readonly middle: number;
  readonly most: number;
}

const INFINITE: Bounds = { least: Infinity, middle: Infinity, most: Infinity };
const ZERO: Bounds = { least: 0, middle: 0, most: 0 };

export function boundsOf(number: number): Bounds {
  if (number === 0) return ZERO;
  if (number >= OF_INFINITY) return INFINITE;
  const word = number * WORDS;
  return { least: doubleOf(word, 0), middle: doubleOf(word + WORDS / 2, 0), most: doubleOf(word + WORDS - 1, -1) };
}
