import type { Part } from "@lossmill/core";

/** The mean loss of a block, weighted where the plan's sampling weights trials. */
export function blockMean({ block, losses, summary }: Part): number {
  const { weight, total } = losses;
  if (weight === undefined) return summary.total.mean;
  const trials = block.end - block.start;
  let sum = 0;
  for (let t = 0; t < trials; t++) sum += weight[t] * total[t];
  return sum / trials;
}
