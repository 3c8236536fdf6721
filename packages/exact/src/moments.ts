/** Moments of a sum; cumulants add up over independent sums. Null where one is not known well enough. */
export interface Moments {
  readonly mean: number;
  /** Infinity where it diverges. */
  readonly variance: number;
  readonly third: number | null;
  readonly fourth: number | null;
  /** Estimates of the errors of `mean` and `variance`; 0 for closed forms. */
  readonly meanError: number;
  readonly varianceError: number;
}

export const NO_MOMENTS: Moments = {
  mean: 0,
  variance: 0,
  third: 0,
  fourth: 0,
  meanError: 0,
  varianceError: 0,
};

/** The moments of the sum of `copies` independent amounts with moments `one` and an independent one with `other`. */
export function addMoments(other: Moments, one: Moments, copies: number): Moments {
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + copies * b);
  return {
    mean: other.mean + copies * one.mean,
    variance: other.variance + copies * one.variance,
    third: sum(other.third, one.third),
    fourth: sum(other.fourth, one.fourth),
    meanError: other.meanError + copies * one.meanError,
    varianceError: other.varianceError + copies * one.varianceError,
  };
}

/** E[X^k], k = 1 … 4. A moment that diverges is Infinity, one that is not known well enough NaN. */
export type RawMoments = readonly [first: number, second: number, third: number, fourth: number];

/** Mean, variance and the third and fourth cumulants from raw moments. */
export function cumulantsOf([first, second, third, fourth]: RawMoments): RawMoments {
  const variance = second - first * first;
  return [
    first,
    variance,
    third - 3 * first * second + 2 * first * first * first,
    fourth - 4 * first * third - 3 * second * second + 12 * first * first * second - 6 * first * first * first * first,
  ];
}

/**
 * The moments of a random sum with these cumulants of the count and raw moments of an amount (Klugman, Panjer & Willmot,
 * Loss Models, 9.3): the cumulant generating function of the count at that of the amount.
 */
export function momentsOfSum(count: CountCumulants, amount: RawMoments): Moments {
  const [mean, , amountThird, amountFourth] = cumulantsOf(amount);
  const [, second] = amount;
  const amountVariance = Math.max(0, second - mean * mean);
  const { mean: n, variance, third, fourth } = count;
  const cube = mean * mean * mean;
  const kappa3 = third === null ? NaN : n * amountThird + 3 * variance * mean * amountVariance + third * cube;
  const kappa4 =
    third === null || fourth === null
      ? NaN
      : n * amountFourth +
        variance * (4 * mean * amountThird + 3 * amountVariance * amountVariance) +
        6 * third * mean * mean * amountVariance +
        fourth * cube * mean;
  return {
    mean: n * mean,
    variance: second < Infinity ? n * amountVariance + variance * mean * mean : Infinity,
    third: Number.isFinite(kappa3) ? kappa3 : null,
    fourth: Number.isFinite(kappa4) ? kappa4 : null,
    meanError: 0,
    varianceError: 0,
  };
}

/** Cumulants of a number of claims. */
export interface CountCumulants {
  readonly mean: number;
  readonly variance: number;
  readonly third: number | null;
  readonly fourth: number | null;
}
