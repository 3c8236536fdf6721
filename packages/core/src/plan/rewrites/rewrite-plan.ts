import type { Line, OptimizationLevel, Plan } from "../plan.ts";
import { merge } from "./merge.ts";
import { placementOf } from "./place.ts";
import { survivalOf } from "./thin.ts";

/**
 * Rewrites a plan of level 0 into one of the same law that costs less to simulate. Placing comes last, because it looks at
 * what is left to draw. No rewrite looks at the number of trials, so a longer run still begins with the trials of a shorter
 * one.
 */
export function rewritePlan(definition: Plan, optimizationLevel: OptimizationLevel): Plan {
  const lines = definition.lines.map((line) => ({
    ...line,
    survival: optimizationLevel >= 3 ? survivalOf(line) : line.survival,
  }));
  return rewriteThinned({ ...definition, lines }, optimizationLevel);
}

/**
 * What is left to rewrite of lines that are thinned already, where the level asks for it. Changes the plan's lines, which
 * nobody else may have. Lines that are merged have one severity, the same terms, and count laws of one family, all of whose
 * members can be thinned: one survival.
 */
export function rewriteThinned(plan: Plan, optimizationLevel: OptimizationLevel): Plan {
  const { lines } = optimizationLevel >= 1 ? merge(plan) : plan;
  if (optimizationLevel >= 2) for (const line of lines as OwnLine[]) line.placement = placementOf(line);
  return { ...plan, optimizationLevel, lines };
}

type OwnLine = { -readonly [field in keyof Line]: Line[field] };
