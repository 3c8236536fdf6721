/**
 * Rounding errors of sums and products, themselves exact doubles: with s = fl(a + b) and e = sumError(a, b, s),
 * s + e equals a + b without error. They carry a result in two doubles, without an object for each step.
 */

/** A number carried as the unevaluated sum of two doubles, |low| at most some units in the last place of high. */
export interface Pair {
  readonly high: number;
  readonly low: number;
}

/** The same number with the parts rounded apart, for |high| > |low|. */
export function pair(high: number, low: number): Pair {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** a + b − sum exactly, where sum is the rounded a + b (Knuth, The Art of Computer Programming 2, 4.2.2, theorem B). */
export function sumError(a: number, b: number, sum: number): number {
  const second = sum - a;
  return a - (sum - second) + (b - second);
}

/** 2^27 + 1: splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134217729;

/**
 * a · b − product exactly, where product is the rounded a · b (Dekker 1971, A floating-point technique for extending the
 * available precision, eq. 5.12). Exact while |a| and |b| are below 2^996 and the error is not below 2^-1074.
 */
export function productError(a: number, b: number, product: number): number {
  const aScaled = a * SPLITTER;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * SPLITTER;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
