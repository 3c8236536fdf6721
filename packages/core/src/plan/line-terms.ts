import type { LineTerms } from "./plan.ts";

/** Whether the year's sum of claims has terms of its own. */
export function hasAggregateTerm({ aggregateDeductible, aggregateLimit }: LineTerms): boolean {
  return aggregateDeductible > 0 || aggregateLimit !== null;
}

/** The ground-up amount above which a claim pays something: what it must exceed. */
export function payingThreshold({ deductible, deductibleKind, attachment }: LineTerms): number {
  return deductibleKind === "franchise" ? Math.max(deductible, attachment) : deductible + attachment;
}
