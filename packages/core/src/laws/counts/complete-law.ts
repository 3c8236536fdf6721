import type { CountLaw } from "../law.ts";
import type { CountBase } from "./count-base.ts";
import { thresholdsOf } from "./numerics/masses.ts";
import { searchQuantile } from "./numerics/quantile-search.ts";
import { tabulated } from "./numerics/tabulated.ts";
import { complementOf } from "./numerics/uniform-grid.ts";

/** What thresholds may leave out, 2^-72: a millionth of 2^-53, to which the largest uniform resolves the upper tail. */
const THRESHOLD_REST = 2.117582368135751e-22;
/** 2^-52: with more than this beyond k, F(k) is below 1 − 2^-53 however it is rounded. */
const BEYOND_THRESHOLDS = 2.220446049250313e-16;
/** No table of masses is longer than so many times the longest table of thresholds. */
const LONGEST_MASSES = 4;

/** 2^53: beyond it whole numbers are no longer exact doubles, and no law here has a probability above 1e-300. */
const LARGEST_COUNT = 9_007_199_254_740_992;

/** Adds the ends of the support, thresholds and quantiles to a law. */
export function completeLaw(base: CountBase): CountLaw {
  const { mean, variance, largest } = base;
  const values = base.isTabulated ? tabulated(base) : base;
  const end = Math.min(largest, LARGEST_COUNT);
  const law = {
    mean,
    variance,
    largest,
    probability: (k: number) => (k < 0 || k > end ? 0 : values.probability(k)),
    cdf: (k: number) => (k < 0 ? 0 : k >= end ? 1 : cdfOf(values, k)),
    survival: (k: number) => (k < 0 ? 1 : k >= end ? 0 : survivalOf(values, k)),
  };
  return {
    ...law,
    quantile: (p, tail) => searchQuantile(law, p, tail),
    thresholds: (most) => (hasShortTable(base, most) ? thresholdsOf(base.masses(THRESHOLD_REST), most) : null),
  };
}

/**
 * P(N <= k), by way of the upper tail where that is the smaller one, rounded to uniforms. A sum or an integral that
 * should be 1 may end at 1 − 1e-15, and then no count would be the quantile of the largest uniform.
 */
function cdfOf(values: CountBase, k: number): number {
  const lower = k < values.mean ? values.cdf(k) : 1;
  if (lower <= 0.5) return lower;
  const upper = values.survival(k);
  return upper <= 0.5 ? complementOf(upper) : values.cdf(k);
}

/** P(N > k), by way of the lower tail where that is the smaller one. */
function survivalOf(values: CountBase, k: number): number {
  const lower = k < values.mean ? values.cdf(k) : 1;
  return lower <= 0.5 ? 1 - lower : values.survival(k);
}

/**
 * Whether masses for `most` thresholds are few. Asked of the law's own functions: its table would be built only to find
 * that it is too long. The second condition is about specks of probability far out, which no uniform reaches.
 */
function hasShortTable(base: CountBase, most: number): boolean {
  const survival = (k: number) => (k >= base.largest ? 0 : base.survival(k));
  const beyond = survival(most);
  if (beyond === 0) return true;
  return beyond <= BEYOND_THRESHOLDS && survival(LONGEST_MASSES * most) <= THRESHOLD_REST * survival(0);
}
