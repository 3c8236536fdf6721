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
    /** P(X <= x) for x up to the mode, and P(X > x) from the mode on. */
    const below = (x: number): number => ((x - min) / width) * ((x - min) / rise);
    const above = (x: number): number => ((max - x) / width) * ((max - x) / fall);
    /** P(mode < X <= x) and P(x < X <= mode). */
    const afterMode = (x: number): number => ((x - mode) / width) * (1 + (max - x) / fall);
    const beforeMode = (x: number): number => ((mode - x) / width) * (1 + (x - min) / rise);
    /** The distance from the mode of the x beyond it that leaves `side` with the probability excess / width less. */
    const beyondMode = (p: number, excess: number, side: number): number =>
      (excess * side) / (side + Math.sqrt(side * width * (1 - p)));
    const quantile = (p: number, tail: Tail): number => {
      const level = p * width;
      if (tail === "lower")
        return level <= rise ? min + Math.sqrt(level * rise) : mode + beyondMode(p, level - rise, fall);
      return level <= fall ? max - Math.sqrt(level * fall) : mode - beyondMode(p, level - fall, rise);
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
      cdf: (x) => (x < mode ? below(x) : rise / width + afterMode(x)),
      survival: (x) => (x < mode ? fall / width + beforeMode(x) : above(x)),
      quantile,
      limitedExpectedValue: (d) => {
        if (d < mode) return d - (below(d) * (d - min)) / 3;
        const v = d - mode;
        return d - (((rise / 3) * rise) / width + (rise / width) * v + (v / width) * v * (1 - v / (3 * fall)));
      },
    });
    return { ...law, kinks: [mode] };
  },
  ({ min, mode, max }) => {
    const complaints: Complaint[] = [];
    if (!(min < max)) complaints.push(["max", `must be larger than min (${min}), found ${max}`]);
    if (!(min <= mode && mode <= max))
      complaints.push(["mode", `must be between min (${min}) and max (${max}), found ${mode}`]);
    return complaints;
  },
);
