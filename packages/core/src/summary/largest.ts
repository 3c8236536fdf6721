import { valueOfRank } from "./selection-by-buckets.ts";

/** The largest of the values that went by. */
export interface Largest {
  /** Takes values; those that do not exceed the threshold may be left out. */
  add(values: Float64Array): void;
  /** The least value that is kept, once there are `keep`; −Infinity before. */
  threshold(): number;
  /** The largest `keep` values so far, or all of them, in the order in which they came; valid until more are added. */
  kept(): Float64Array;
}

/** Values are taken in stretches of a block; there is room for one beside what is kept. */
const STRETCH = 4096;

/**
 * Keeps the largest `keep` values, at least 1; of equal ones the first. They wait behind each other until there are twice
 * as many; then a selection finds the new least one and half of them go. So a value costs the same however many are kept.
 * What is kept, and its order, does not depend on when it is asked for, nor on whether values are left out that are no
 * larger than the threshold: later ones like it are none of the first.
 *
 * 16 bytes for each of `keep`, but no more than twice what was added. No NaN.
 */
export function largest(keep: number): Largest {
  const room = keep + Math.max(keep, STRETCH);
  let buffer = new Float64Array(0);
  let size = 0;
  let threshold = -Infinity;

  function cut(): void {
    const { value, above } = valueOfRank(buffer.subarray(0, size), size - keep + 1);
    threshold = value;
    size = keepLargest(buffer.subarray(0, size), threshold, keep - above);
  }

  function addStretch(values: Float64Array): void {
    if (size + values.length > room) cut();
    if (size + values.length > buffer.length) buffer = longer(buffer, Math.min(room, 2 * (size + values.length)));
    buffer.set(values, size);
    size += values.length;
  }

  return {
    add(values) {
      for (let from = 0; from < values.length; from += STRETCH) addStretch(values.subarray(from, from + STRETCH));
    },
    threshold: () => threshold,
    kept() {
      if (size > keep) cut();
      return buffer.subarray(0, size);
    },
  };
}

/** Moves to the front the values above the least one that is kept, and so many of those like it; returns how many. */
function keepLargest(values: Float64Array, least: number, like: number): number {
  let left = like;
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    values[size] = value;
    // Added and not branched on: which way a value goes cannot be foreseen.
    size += Number(value > least);
    if (value === least && left-- > 0) size++;
  }
  return size;
}

function longer(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(values);
  return copy;
}
