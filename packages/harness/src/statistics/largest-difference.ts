import type { ExactDistribution } from "../judge.ts";

/** Amounts this near are one: losses at an atom are rounded. */
const ROUNDING = 1e-9;

/**
 * The largest difference between the distribution function of n losses, in ascending order, and the exact one, beyond
 * what the exact one leaves open: 0 where the losses are within it everywhere.
 *
 * The truth is at most U(x) = cdf(x + resolution) + error, and just below x at least L(x) = cdf(x − resolution) − error, x
 * moved a little further so that atoms cannot fail it. It is the largest of (i + 1)/n − U(x_i) and L(x_i) − i/n over all
 * n, but without all n evaluations: all three functions increase, so among ranks i to j the first is at most (j + 1)/n −
 * U(x_i) and the second at most L(x_j) − i/n. Halving, and leaving out what cannot pass the largest yet found, evaluates
 * a few thousand of 10^6.
 */
export function largestDifference(ordered: Float64Array, exact: ExactDistribution): number {
  const { cdf, resolution, error, upTo } = exact;
  const n = ordered.length;
  const upper = (i: number) => {
    const x = ordered[i] * (1 + ROUNDING) + resolution;
    return x <= upTo ? cdf(x) + error : 1;
  };
  const lower = (i: number) => {
    // Strictly below, whatever of x and the resolution is 0: an atom at x itself must not count.
    const x = ordered[i] * (1 - ROUNDING) - resolution * (1 + ROUNDING) - Number.MIN_VALUE;
    return cdf(Math.min(x, upTo)) - error;
  };
  let largest = 0;
  const search = (i: number, j: number, upperAtI: number, lowerAtJ: number): void => {
    if (Math.max((j + 1) / n - upperAtI, lowerAtJ - i / n) <= largest) return;
    if (j - i < 2) return;
    const middle = (i + j) >>> 1;
    const [upperAtMiddle, lowerAtMiddle] = [upper(middle), lower(middle)];
    note(middle, upperAtMiddle, lowerAtMiddle);
    search(i, middle, upperAtI, lowerAtMiddle);
    search(middle, j, upperAtMiddle, lowerAtJ);
  };
  const note = (i: number, upperAt: number, lowerAt: number): void => {
    largest = Math.max(largest, (i + 1) / n - upperAt, lowerAt - i / n);
  };
  const last = n - 1;
  note(0, upper(0), lower(0));
  note(last, upper(last), lower(last));
  search(0, last, upper(0), lower(last));
  return largest;
}

/** The largest difference between the distribution functions of two samples, each in ascending order. */
export function largestSampleDifference(one: Float64Array, other: Float64Array): number {
  return Math.max(largestExcess(one, other), largestExcess(other, one));
}

/** The largest of F(x) − G(x) for the distribution functions F of `one` and G of `other`. */
function largestExcess(one: Float64Array, other: Float64Array): number {
  let largest = 0;
  let j = 0;
  for (let i = 0; i < one.length; i++) {
    const x = one[i] * (1 + ROUNDING);
    while (j < other.length && other[j] <= x) j++;
    largest = Math.max(largest, (i + 1) / one.length - j / other.length);
  }
  return largest;
}
