import type { LineTerms, Plan } from "./plan.ts";

const NO_TERMS: LineTerms = {
  deductible: 0,
  deductibleKind: "ordinary",
  attachment: 0,
  limit: null,
  aggregateDeductible: 0,
  aggregateLimit: null,
  insurerShare: 1,
};

/**
 * The same plan, the same draws, thinning and placement, with terms removed and shares 1. Its `total` is the ground-up sum of
 * the claims drawn, which agreement between backends is measured against.
 */
export function groundUpPlan(plan: Plan): Plan {
  return { ...plan, outputs: ["total"], lines: plan.lines.map((line) => ({ ...line, terms: NO_TERMS })) };
}
