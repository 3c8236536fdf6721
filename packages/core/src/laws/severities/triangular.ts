import { defineLaw, real } from "../define-law.ts";
import type { Complaint } from "../define-law.ts";
import type { Tail } from "../law.ts";
import { continuous } from "./numerics/continuous.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";

/**
 * The triangular law: its density rises linearly from min to mode and falls to max; mode may be either end.
 *
 * Source: Kotz and van Dorp 2004, Beyond beta, chapter 1. Breaks where max − min is not a finite double.
 */
export const triangular = defineLaw(
  "triangular",
  { min: real(), mode: real(), max: real() },
  ({ min, mode, max }): PiecewiseSeverity => {
    const width = max - min;
    const rise = mode - min;
    const fall = max - mode;
    const mean = min + (width + rise) / 3;
    /** P(X <= x) below the mode and P(X > x) above. */
    const below = (x: number): number => ((x - min) / width) * ((x - min) / rise);
    const above = (x: number): number => ((max - x) / width) * ((max - x) / fall);
    const quantile = (p: number, tail: Tail): number => {
      const lower = tail === "lower" ? p : 1 - p;
      const upper = tail === "lower" ? 1 - p : p;
      if (tail === "lower" ? p * width <= rise : p * width > fall) return min + Math.sqrt(lower * width * rise);
      return max - Math.sqrt(upper * width * fall);
    };
    const law = continuous({
      lower: min,
      upper: max,
      mean,
      variance: (rise * width + fall * fall) / 18,
      tailIndex: Infinity,
      density: (x) => {
        if (x === mode) return 2 / width;
        return x < mode ? (2 / width) * ((x - min) / rise) : (2 / width) * ((max - x) / fall);
      },
      cdf: (x) => (x < mode ? below(x) : 1 - above(x)),
      survival: (x) => (x < mode ? 1 - below(x) : above(x)),
      quantile,
      limitedExpectedValue: (d) => (d < mode ? d - (below(d) * (d - min)) / 3 : mean - (above(d) * (max - d)) / 3),
    });
    return { ...law, kinks: [mode] };
  },
  ({ min, mode, max }) => {
    const complaints: Complaint[] = [];
    if (!(min < max)) complaints.push(["max", `must be larger than min (${min}), found ${max}`]);
    if (!(min <= mode && mode <= max)) complaints.push(["mode", `must be between min (${min}) and max (${max}), found ${mode}`]);
    return complaints;
  },
);
