import { placeRanks } from "./selection.ts";

/** The largest of the values that went by. */
export interface Largest {
  add(values: Float64Array): void;
  /** The largest `keep` values so far, or all of them, in ascending order; valid until more are added. */
  ascending(): Float64Array;
}

/** Values are taken in stretches of a block; there is room for one beside what is kept. */
const STRETCH = 4096;

/**
 * Keeps the largest `keep` values, at least 1. Those above the least of them so far wait beside them until there are twice as
 * many; then a selection throws half of them away, so that a value costs the same however many there are, and one that
 * is too small costs a comparison. Values that are equal are alike: what is kept does not depend on their order.
 *
 * 16 bytes a value that is kept (8 more while newcomers are sorted in), but no more than twice what was added. No NaN.
 */
export function largest(keep: number): Largest {
  const room = keep + Math.max(keep, STRETCH);
  let buffer = new Float64Array(0);
  let size = 0;
  /** So many of them, the first ones, are sorted. */
  let sorted = 0;
  /** The least of those that are kept, once there are `keep`. */
  let threshold = -Infinity;

  /** Of the values, the largest stand at the end: moves them to the beginning. */
  function cut(): void {
    if (size > keep) buffer.copyWithin(0, size - keep, size);
    size = Math.min(size, keep);
    if (size === keep) threshold = buffer[0];
  }

  function makeRoom(count: number): void {
    if (size + count > room) {
      placeRanks(buffer.subarray(0, size), [size - keep + 1]);
      sorted = 0;
      cut();
    }
    if (size + count > buffer.length) buffer = longer(buffer, Math.min(room, 2 * (size + count)));
  }

  function addStretch(values: Float64Array): void {
    makeRoom(values.length);
    if (threshold > -Infinity) {
      size = addAbove(threshold, values, buffer, size);
    } else {
      buffer.set(values, size);
      size += values.length;
    }
  }

  return {
    add(values) {
      for (let from = 0; from < values.length; from += STRETCH) addStretch(values.subarray(from, from + STRETCH));
    },
    ascending() {
      sortRest(buffer.subarray(0, size), sorted);
      cut();
      sorted = size;
      return buffer.subarray(0, size);
    },
  };
}

/** Appends the values above the threshold to the first `size` of `buffer`; returns how many these are then. */
function addAbove(threshold: number, values: Float64Array, buffer: Float64Array, size: number): number {
  const even = values.length & ~3;
  let end = size;
  // Four at once: in half the time.
  for (let i = 0; i < even; i += 4) {
    const [a, b, c, d] = [values[i], values[i + 1], values[i + 2], values[i + 3]];
    if (a > threshold) buffer[end++] = a;
    if (b > threshold) buffer[end++] = b;
    if (c > threshold) buffer[end++] = c;
    if (d > threshold) buffer[end++] = d;
  }
  for (let i = even; i < values.length; i++) if (values[i] > threshold) buffer[end++] = values[i];
  return end;
}

function longer(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(values);
  return copy;
}

/** Sorts `values`, of which the first `sorted` are: after the first time few are new, and those are merged in. */
function sortRest(values: Float64Array, sorted: number): void {
  if (sorted === 0) {
    values.sort();
    return;
  }
  const rest = values.slice(sorted).sort();
  let i = sorted - 1;
  let j = rest.length - 1;
  for (let at = values.length - 1; j >= 0; at--) values[at] = i >= 0 && values[i] > rest[j] ? values[i--] : rest[j--];
}
