/** The number of values of an ascending array that are at most x. */
export function countAtMost(ordered: Float64Array, x: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordered[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of values of an ascending array that are below x. */
export function countBelow(ordered: Float64Array, x: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordered[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An ascending copy. */
export function sortedCopy(values: Float64Array): Float64Array {
  return Float64Array.from(values).sort();
}
