import { compiledModule } from "../compiled-module.ts";
import { TALLY_WASM } from "./tally-wasm.ts";
import { UPPER } from "./words.ts";

/** Values that are taken at once: a block. */
export const MOST_VALUES = 4096;

/** Buckets that a value can be in (./buckets.ts), and counts of each: of values in even places, and of those in odd ones. */
const BUCKETS = 2_097_152;
const COUNTS = 2 * BUCKETS;
/** Exponents of doubles, and the buckets of each. */
export const EXPONENTS = 2048;
export const PER_EXPONENT = 1024;

/** Counts of values in buckets, in 32 bits. A run of equal values would wait for one count; so each bucket has two. */
export interface Tally {
  /** Counts at most `MOST_VALUES` values; returns those above the threshold, in their order, valid until more are added. */
  add(values: Float64Array, threshold: number): Float64Array;
  /** The counts of bucket b at 2b and 2b + 1: 16 MB of address space, of which only what is touched takes memory. */
  readonly counts: Int32Array;
  /** By exponent: not 0 where a value had it. What has not been seen is better not read: it would be made ready for that. */
  readonly seen: Uint8Array;
}

/** In plain code. */
export function plainTally(): Tally {
  const counts = new Int32Array(COUNTS);
  const seen = new Uint8Array(EXPONENTS);
  const above = new Float64Array(MOST_VALUES);
  return {
    counts,
    seen,
    add(values, threshold) {
      count(values, counts, seen);
      return above.subarray(0, pick(values, threshold, above));
    },
  };
}

/** The place of a count of even places, by the upper word of a value. */
function placeOf(word: number): number {
  return (word >>> 9) & (COUNTS - 2);
}

function exponentOf(word: number): number {
  return (word >>> 20) & (EXPONENTS - 1);
}

function count(values: Float64Array, counts: Int32Array, seen: Uint8Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const end = words.length;
  let i = UPPER;
  for (; i + 2 < end; i += 4) {
    const even = words[i];
    const odd = words[i + 2];
    counts[placeOf(even)]++;
    counts[placeOf(odd) + 1]++;
    seen[exponentOf(even)] = 1;
    seen[exponentOf(odd)] = 1;
  }
  if (i >= end) return;
  counts[placeOf(words[i])]++;
  seen[exponentOf(words[i])] = 1;
}

/** Writes the values above the threshold to `above`; returns how many these are. Four at once: in two thirds of the time. */
function pick(values: Float64Array, threshold: number, above: Float64Array): number {
  const even = values.length & ~3;
  let end = 0;
  for (let i = 0; i < even; i += 4) {
    const a = values[i];
    const b = values[i + 1];
    const c = values[i + 2];
    const d = values[i + 3];
    if (a > threshold) above[end++] = a;
    if (b > threshold) above[end++] = b;
    if (c > threshold) above[end++] = c;
    if (d > threshold) above[end++] = d;
  }
  for (let i = even; i < values.length; i++) if (values[i] > threshold) above[end++] = values[i];
  return end;
}

interface TallyExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly add: (count: number, threshold: number) => number;
}

/** As assembly/tally.ts has them. */
const VALUES_AT = 64;
const ABOVE_AT = VALUES_AT + 8 * MOST_VALUES;
const SEEN_AT = ABOVE_AT + 8 * MOST_VALUES;
const COUNTS_AT = 131_072;

/** In WebAssembly, number for number `plainTally`, in a third of the time; null where the host has none with SIMD. */
export function compiledTally(): Tally | null {
  const exports = compiledModule(TALLY_WASM) as TallyExports | null;
  if (exports === null) return null;
  const { memory, add } = exports;
  const copy = new Float64Array(memory.buffer, VALUES_AT, MOST_VALUES);
  const above = new Float64Array(memory.buffer, ABOVE_AT, MOST_VALUES);
  return {
    counts: new Int32Array(memory.buffer, COUNTS_AT, COUNTS),
    seen: new Uint8Array(memory.buffer, SEEN_AT, EXPONENTS),
    add(values, threshold) {
      copy.set(values);
      return above.subarray(0, add(values.length, threshold));
    },
  };
}
