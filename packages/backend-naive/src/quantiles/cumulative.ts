/** `sums[k]` is the share of the weights before k: from 0 to exactly 1. */
export function cumulative(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  let sum = 0;
  let lost = 0; // what rounding took from `sum`: A. Neumaier, ZAMM 54 (1974) 39-51
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k];
    const next = sum + weight;
    lost += sum >= weight ? sum - next + weight : weight - next + sum;
    sum = next;
    sums[k + 1] = sum + lost;
  }
  const total = sums[weights.length];
  return sums.map((value) => value / total);
}

/** The share of the weights from k on, added up from the end so that small shares keep their digits. */
export function cumulativeFromEnd(weights: readonly number[]): Float64Array {
  return cumulative(weights.toReversed()).toReversed();
}

/** The first k with ascending[k] >= value; the length if there is none. */
export function firstAtLeast(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first k with descending[k] <= value; the length if there is none. */
export function firstAtMost(descending: Float64Array, value: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (descending[middle] <= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
