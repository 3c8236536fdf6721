import { pivotOf } from "./selection.ts";
import { BUCKETS, bucketOf, rangeOf } from "./selection-by-buckets.ts";
import { UPPER } from "./words.ts";

/** Up to so many values are one bucket. */
const FEW = 16_384;

/**
 * The smallest of the values with a weight such that the weights of the larger ones add up to no more than `tailMass`; a
 * negative mass is read as 0. The p-quantile for a mass of (1 − p) times the sum of the weights. Weights are 0 or more, or
 * null where all are 1. NaN where no value has a weight. No NaN among the values.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | null, tailMass: number): number {
  return tailSelection(values, weights)([tailMass])[0];
}

/**
 * `weightedQuantile` of many masses, asked for at once or later. As in `selectRanks` the upper words of doubles are
 * numbers of buckets: one pass adds up weights by bucket, and for each question another one copies those of the buckets
 * where masses end. 2 bytes a value, 16 more for each that is copied, and 0.4 MB.
 */
export function tailSelection(
  values: Float64Array,
  weights: Float64Array | null,
): (masses: readonly number[]) => number[] {
  const { numbers, counts, masses } = bucketsOf(values, weights);
  const from = weightsFrom(masses);
  const lowest = masses.findIndex((mass) => mass > 0);

  /** Copies the buckets that are asked for, each with its weights. */
  function copy(wanted: readonly number[]): Map<number, Bucket> {
    const slots = new Int16Array(counts.length).fill(-1);
    const copies = wanted.map((bucket, slot) => {
      slots[bucket] = slot;
      return { values: new Float64Array(counts[bucket]), weights: new Float64Array(counts[bucket]).fill(1) };
    });
    const ends = new Int32Array(wanted.length);
    for (let i = 0; i < values.length; i++) {
      const slot = slots[numbers[i]];
      if (slot < 0) continue;
      const end = ends[slot]++;
      copies[slot].values[end] = values[i];
      if (weights !== null) copies[slot].weights[end] = weights[i];
    }
    return new Map(wanted.map((bucket, slot) => [bucket, copies[slot]]));
  }

  return (tailMasses) => {
    if (lowest < 0) return tailMasses.map(() => Number.NaN);
    const places = tailMasses.map((mass) => placeOf(from, lowest, Math.max(0, mass)));
    const copies = copy([...new Set(places.map(({ bucket }) => bucket))]);
    return places.map((place) => quantileIn(copies.get(place.bucket)!, place));
  };
}

/** The bucket of each value, and what is in each bucket. Values without weight share one of their own, after the others. */
function bucketsOf(values: Float64Array, weights: Float64Array | null) {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const { least, shift } = rangeOf(words);
  const last = values.length <= FEW ? 0 : BUCKETS - 1;
  const numbers = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) numbers[i] = Math.min(bucketOf(words[2 * i + UPPER], least, shift), last);
  const counts = new Int32Array(last + 2);
  if (weights === null) {
    for (let i = 0; i < values.length; i++) counts[numbers[i]]++;
    return { numbers, counts, masses: Float64Array.from(counts) };
  }
  const masses = new Float64Array(last + 2);
  for (let i = 0; i < values.length; i++) {
    const weight = weights[i];
    if (weight === 0) numbers[i] = last + 1;
    counts[numbers[i]]++;
    masses[numbers[i]] += weight;
  }
  return { numbers, counts, masses };
}

/** Values that share a bucket, in no order. */
interface Bucket {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** The bucket where a mass ends, and the weight above it. */
interface Place {
  readonly bucket: number;
  readonly above: number;
  readonly mass: number;
}

/** By bucket, and for one more after the last: its weight and that of the buckets above. */
function weightsFrom(masses: Float64Array): Float64Array {
  const from = new Float64Array(masses.length + 1);
  for (let bucket = masses.length - 1; bucket >= 0; bucket--) from[bucket] = from[bucket + 1] + masses[bucket];
  return from;
}

/** The highest bucket with which there is more than a mass; `lowest` where there is no such. */
function placeOf(from: Float64Array, lowest: number, mass: number): Place {
  let bucket = lowest;
  for (let end = from.length; end - bucket > 1;) {
    const middle = (bucket + end) >>> 1;
    if (from[middle] > mass) bucket = middle;
    else end = middle;
  }
  return { bucket, above: from[bucket + 1], mass };
}

/**
 * Selection by splitting in three, as a value may have most of the weight: what is above a pivot, equals it or is below.
 * Reorders the bucket.
 */
function quantileIn({ values, weights }: Bucket, { above, mass }: Place): number {
  let from = 0;
  let to = values.length;
  let done = above;
  for (;;) {
    const pivot = pivotOf(values, from, to - 1);
    let larger = from;
    let smaller = to;
    let weightAbove = 0;
    let weightOf = 0;
    for (let i = from; i < smaller;) {
      if (values[i] > pivot) {
        weightAbove += weights[i];
        swap(values, larger, i);
        swap(weights, larger++, i++);
      } else if (values[i] < pivot) {
        smaller--;
        swap(values, smaller, i);
        swap(weights, smaller, i);
      } else weightOf += weights[i++];
    }
    if (done + weightAbove > mass) to = larger;
    else if (done + weightAbove + weightOf > mass || smaller === to) return pivot;
    else {
      done += weightAbove + weightOf;
      from = smaller;
    }
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i];
  values[i] = values[j];
  values[j] = held;
}
