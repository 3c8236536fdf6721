import { countLaw } from "../laws/counts/index.ts";
import { severity } from "../laws/severities/index.ts";
import type { ExistingMoments } from "../summary/report.ts";
import type { Line, Plan } from "./plan.ts";

/**
 * Which moments of the book's annual loss are finite. A limit of either kind makes all of them finite; without one the
 * k-th moment is finite where k is below the severity's tail index (every count law here has all its moments).
 */
export function existingMoments(plan: Plan): ExistingMoments {
  let tailIndex = Infinity;
  for (const line of plan.lines) tailIndex = Math.min(tailIndex, lossTailIndex(line));
  return { mean: tailIndex > 1, variance: tailIndex > 2, fourthMoment: tailIndex > 4 };
}

function lossTailIndex({ frequency, severity: spec, terms }: Line): number {
  const bounded = terms.limit !== null || terms.aggregateLimit !== null || terms.insurerShare === 0;
  if (bounded || countLaw(frequency).mean === 0) return Infinity;
  return severity(spec).tailIndex;
}
