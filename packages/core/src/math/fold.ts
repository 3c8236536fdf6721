/**
 * Sums and maxima by plain loops. `reduce`, and `forEach` over a running sum, are not used for numbers (decision 0025, and a
 * rule of the linter): what V8 made of such a `forEach` has given a wrong sum.
 */

type Value<T> = (item: T, index: number) => number;
const itself = (value: unknown) => value as number;

/** Σ of(item), added up in order; of the items themselves where they are numbers. */
export function sumOf(values: ArrayLike<number>): number;
export function sumOf<T>(items: ArrayLike<T>, of: Value<T>): number;
export function sumOf<T>(items: ArrayLike<T>, of: Value<T> = itself): number {
  let total = 0;
  for (let i = 0; i < items.length; i++) total += of(items[i], i);
  return total;
}

/** The largest of(item), and `least` at least. */
export function largestOf<T>(items: ArrayLike<T>, of: Value<T>, least = 0): number {
  let largest = least;
  for (let i = 0; i < items.length; i++) largest = Math.max(largest, of(items[i], i));
  return largest;
}
