import { type Moments, type Part, summarize } from "@lossmill/core";

/** A summary may add up in another order than core's. */
const ROUNDING = 1e-9;

/** What is wrong with a block's summary, held against its losses; null: nothing. */
export function summaryFault({ block, losses, summary }: Part): string | null {
  const due = summarize(losses, block.end - block.start, summary.draws);
  for (const output of ["total", "maxOccurrence", "claims"] as const) {
    const fault = momentsFault(summary[output], due[output]);
    if (fault !== null) return `block ${block.index}: the ${fault} of ${output} is not that of its losses`;
  }
  return Number.isSafeInteger(summary.draws) && summary.draws >= 0
    ? null
    : `block ${block.index}: ${summary.draws} draws`;
}

/** The first moment that differs. Losses that are not finite are another check's finding. */
function momentsFault(moments: Moments, due: Moments): keyof Moments | null {
  for (const name of ["n", "min", "max"] as const) if (moments[name] !== due[name]) return name;
  const isNear = (a: number, b: number) => !Number.isFinite(b) || Math.abs(a - b) <= ROUNDING * Math.abs(b);
  return (["mean", "m2"] as const).find((name) => !isNear(moments[name], due[name])) ?? null;
}
