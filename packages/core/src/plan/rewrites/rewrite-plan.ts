import type { OptimizationLevel, Plan } from "../plan.ts";
import { merge } from "./merge.ts";
import { place } from "./place.ts";
import { thin } from "./thin.ts";

/**
 * Rewrites a plan of level 0 into one of the same law that costs less to simulate. Merging comes first, because a thinned
 * law need not have the parameters in common that merging asks for; placing last, because it looks at what is left to
 * draw. No rewrite looks at the number of trials, so a longer run still begins with the trials of a shorter one.
 */
export function rewritePlan(definition: Plan, optimizationLevel: OptimizationLevel): Plan {
  let plan: Plan = { ...definition, optimizationLevel };
  if (optimizationLevel >= 1) plan = merge(plan);
  if (optimizationLevel >= 3) plan = thin(plan);
  if (optimizationLevel >= 2) plan = place(plan);
  return plan;
}
