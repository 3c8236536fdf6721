import { cumulative, cumulativeFromEnd, firstAtLeast, firstAtMost } from "./cumulative.ts";
import type { Law } from "./law.ts";
import { truncated } from "./truncated.ts";

/**
 * With probability weights[k] (relative), the law `components[k]` on the condition breaks[k − 1] < X <= breaks[k], the
 * first from −∞ and the last to ∞. Pieces of weight 0 are dropped.
 */
export function spliced(weights: readonly number[], components: readonly Law[], breaks: readonly number[]): Law {
  const bounds = [-Infinity, ...breaks, Infinity];
  const kept = [...weights.keys()].filter((k) => weights[k] > 0);
  const pieces = kept.map((k) => truncated(components[k], bounds[k], bounds[k + 1]));
  const ends = Float64Array.from(kept, (k) => bounds[k + 1]);
  const keptWeights = kept.map((k) => weights[k]);
  const before = cumulative(keptWeights);
  const from = cumulativeFromEnd(keptWeights);

  const fromBottom = (p: number): number => {
    const k = Math.max(firstAtLeast(before, p), 1) - 1;
    return pieces[k].quantile(Math.min((p - before[k]) / (before[k + 1] - before[k]), 1), false);
  };
  const fromTop = (p: number): number => {
    const k = Math.max(firstAtMost(from, p), 1) - 1;
    return pieces[k].quantile(Math.min((p - from[k + 1]) / (from[k] - from[k + 1]), 1), true);
  };
  return {
    quantile: (p, upper) => {
      if (p > 0.5) return upper ? fromBottom(1 - p) : fromTop(1 - p);
      return upper ? fromTop(p) : fromBottom(p);
    },
    tail: (x, upper) => {
      const k = Math.min(firstAtLeast(ends, x), pieces.length - 1);
      const inside = pieces[k].tail(x, upper);
      return upper ? from[k + 1] + (from[k] - from[k + 1]) * inside : before[k] + (before[k + 1] - before[k]) * inside;
    },
    atoms: pieces.flatMap((piece) => piece.atoms ?? []),
  };
}
