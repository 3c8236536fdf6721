import { cumulative, cumulativeFromEnd, firstAtLeast, firstAtMost } from "./cumulative.ts";
import type { Law } from "./law.ts";

/** Uniform between neighbouring `edges` (ascending), with one relative weight for each gap. */
export function histogram(edges: readonly number[], weights: readonly number[]): Law {
  const at = Float64Array.from(edges);
  const last = weights.length;
  const below = cumulative(weights);
  const above = cumulativeFromEnd(weights);

  const fromBottom = (p: number): number => {
    const k = Math.max(firstAtLeast(below, p), 1);
    return at[k - 1] + ((p - below[k - 1]) / (below[k] - below[k - 1])) * (at[k] - at[k - 1]);
  };
  const fromTop = (p: number): number => {
    const k = Math.max(firstAtMost(above, p), 1);
    return at[k] - ((p - above[k]) / (above[k - 1] - above[k])) * (at[k] - at[k - 1]);
  };
  return {
    quantile: (p, upper) => {
      if (p > 0.5) return upper ? fromBottom(1 - p) : fromTop(1 - p);
      return upper ? fromTop(p) : fromBottom(p);
    },
    tail: (x, upper) => {
      const k = firstAtLeast(at, x);
      if (k === 0) return Number(upper);
      if (k > last) return Number(!upper);
      const share = (upper ? at[k] - x : x - at[k - 1]) / (at[k] - at[k - 1]);
      return upper ? above[k] + share * (above[k - 1] - above[k]) : below[k - 1] + share * (below[k] - below[k - 1]);
    },
  };
}
