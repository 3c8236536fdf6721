import { sumOf } from "../math/fold.ts";
import { UPPER } from "./words.ts";

/**
 * Totals in narrow bins, which stand for them: those of a bin count as spread evenly around their mean, as far as the nearer of
 * the least and the largest of them. That is exact for equal ones.
 */
export interface TotalBins {
  readonly add: (total: number) => void;
  /** The bins that are not empty. */
  readonly filled: () => FilledBins;
}

/** By bin: how many totals, and between which they are spread. */
export interface FilledBins {
  readonly many: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Bins of an octave, by the upper bits of a double, and octaves below the largest; what lies below has one bin. */
const MANTISSA_BITS = 7;
const SHIFT = 20 - MANTISSA_BITS;
const OCTAVES = 16;
const BINS = 2 + (OCTAVES << MANTISSA_BITS);

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** Bins of totals from 0 to `largest`. */
export function totalBins(largest: number): TotalBins {
  const counts = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  const least = new Float64Array(BINS).fill(Infinity);
  const most = new Float64Array(BINS);
  double[0] = largest;
  const base = (words[UPPER] >>> SHIFT) - BINS + 1;
  return {
    add(total) {
      double[0] = total;
      const bin = total === 0 ? 0 : Math.min(Math.max((words[UPPER] >>> SHIFT) - base, 1), BINS - 1);
      if (total < least[bin]) least[bin] = total;
      if (total > most[bin]) most[bin] = total;
      counts[bin]++;
      sums[bin] += total;
    },
    filled() {
      const filled = sumOf(counts, (count) => Number(count > 0));
      const many = new Float64Array(filled);
      const low = new Float64Array(filled);
      const high = new Float64Array(filled);
      let at = 0;
      for (let bin = 0; bin < BINS; bin++) {
        if (counts[bin] === 0) continue;
        const mean = sums[bin] / counts[bin];
        const half = Math.min(mean - least[bin], most[bin] - mean);
        // Of equal totals the mean may be rounded.
        const isSpread = half > 0 && least[bin] < most[bin];
        many[at] = counts[bin];
        low[at] = isSpread ? mean - half : least[bin];
        high[at++] = isSpread ? mean + half : least[bin];
      }
      return { many, low, high };
    },
  };
}
