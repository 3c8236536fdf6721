/** The array, or a copy of twice its length or more, where it has no room for `length` entries. */
export function withRoom<T extends Float64Array | Int32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  longer.set(array);
  return longer;
}
