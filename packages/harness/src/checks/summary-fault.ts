import { type Moments, type Part, summarize } from "@lossmill/core";

/** A summary may add up in another order than core's. */
const ROUNDING = 1e-9;

const OUTPUTS = ["total", "maxOccurrence", "claims"] as const;

/** What is wrong with a block's summary, held against its losses, all or the `outputs` of them; null: nothing. */
export function summaryFault(
  { block, losses, summary }: Part,
  outputs: readonly (typeof OUTPUTS)[number][] = OUTPUTS,
): string | null {
  const due = summarize(losses, block.end - block.start, summary.draws);
  for (const output of outputs) {
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
  // The third moment has a sign and may cancel; it is at most √(m2 · m4) (Cauchy and Schwarz).
  const sizes = { mean: due.mean, m2: due.m2, m3: Math.sqrt(due.m2) * Math.sqrt(due.m4), m4: due.m4 };
  const isNear = (name: keyof typeof sizes) =>
    !Number.isFinite(sizes[name]) || Math.abs(moments[name] - due[name]) <= ROUNDING * Math.abs(sizes[name]);
  return (["mean", "m2", "m3", "m4"] as const).find((name) => !isNear(name)) ?? null;
}
