import { defineLaw, real } from "../define-law.ts";
import { continuous } from "./numerics/continuous.ts";

/**
 * The uniform law on [min, max].
 *
 * Source: Johnson, Kotz and Balakrishnan 1995, Continuous univariate distributions 2, chapter 26. Breaks where max − min
 * is not a finite double.
 */
export const uniform = defineLaw(
  "uniform",
  { min: real(), max: real() },
  ({ min, max }) => {
    const width = max - min;
    return continuous({
      lower: min,
      upper: max,
      mean: min + width / 2,
      variance: (width * width) / 12,
      tailIndex: Infinity,
      density: () => 1 / width,
      cdf: (x) => (x - min) / width,
      survival: (x) => (max - x) / width,
      quantile: (p, tail) => (tail === "lower" ? min + p * width : max - p * width),
      limitedExpectedValue: (d) => d - (((d - min) / width) * (d - min)) / 2,
    });
  },
  ({ min, max }) => (min < max ? [] : [["max", `must be larger than min (${min}), found ${max}`]]),
);
