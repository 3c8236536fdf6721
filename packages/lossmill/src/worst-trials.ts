import type { Part } from "@lossmill/core";

/** A year and what it lost. */
export interface Trial {
  readonly trial: number;
  readonly total: number;
  readonly maxOccurrence: number;
  readonly claims: number;
  /** Where the plan's sampling weights trials. */
  readonly weight?: number;
}

/** Keeps the `most` worst trials of the parts that it is shown, the worst first, of equal ones the earlier. */
export function worstTrials(most: number): {
  readonly add: (part: Part) => void;
  readonly found: () => readonly Trial[];
} {
  let worst: Trial[] = [];
  return {
    add({ block, losses }) {
      const least = worst.length < most ? -Infinity : worst[most - 1].total;
      const found: Trial[] = [];
      for (let t = 0; t < block.end - block.start; t++) {
        const total = losses.total[t];
        if (total < least) continue;
        found.push({
          trial: block.start + t,
          total,
          maxOccurrence: losses.maxOccurrence[t],
          claims: losses.claims[t],
          ...(losses.weight && { weight: losses.weight[t] }),
        });
      }
      if (found.length === 0) return;
      worst = [...worst, ...found].sort((a, b) => b.total - a.total || a.trial - b.trial).slice(0, most);
    },
    found: () => worst,
  };
}
