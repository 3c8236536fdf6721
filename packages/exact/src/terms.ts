import type { Policy } from "@lossmill/core";

/** A policy's terms with every default filled in; a missing limit is Infinity. Amounts in the portfolio's currency. */
export interface Terms {
  readonly deductible: number;
  readonly isFranchise: boolean;
  readonly attachment: number;
  readonly limit: number;
  readonly aggregateDeductible: number;
  readonly aggregateLimit: number;
  readonly share: number;
}

export function termsOf({ terms }: Policy): Terms {
  return {
    deductible: terms?.occurrence?.deductible ?? 0,
    isFranchise: terms?.occurrence?.deductibleKind === "franchise",
    attachment: terms?.occurrence?.attachment ?? 0,
    limit: terms?.occurrence?.limit ?? Infinity,
    aggregateDeductible: terms?.aggregate?.deductible ?? 0,
    aggregateLimit: terms?.aggregate?.limit ?? Infinity,
    share: terms?.insurerShare ?? 1,
  };
}

/** Whether something is done to the year's sum of claims before the share is taken. */
export function hasAggregateTerms({ aggregateDeductible, aggregateLimit }: Terms): boolean {
  return aggregateDeductible > 0 || aggregateLimit < Infinity;
}

/** Whether no claim, however large, makes the policy pay. */
export function paysNothing({ limit, aggregateLimit, share }: Terms): boolean {
  return limit === 0 || aggregateLimit === 0 || share === 0;
}
