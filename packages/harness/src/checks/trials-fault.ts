import type { TrialLosses } from "@lossmill/core";

/** A sum of claims may be rounded above the number of them times the largest. */
const ROUNDING = 1e-9;

/**
 * The first trial that cannot be, whatever the book: a loss that is not finite or is negative, claims that are not whole,
 * something paid without a claim, or more paid than the number of paying claims times the largest of them. Null: none.
 */
export function trialsFault({ total, maxOccurrence, claims }: TrialLosses): string | null {
  for (let t = 0; t < total.length; t++) {
    const fault = trialFault(total[t], maxOccurrence[t], claims[t]);
    if (fault !== null) return `trial ${t}: ${fault}`;
  }
  return null;
}

function trialFault(total: number, largest: number, claims: number): string | null {
  if (!(total >= 0 && total < Infinity)) return `total ${total}`;
  if (!(largest >= 0 && largest < Infinity)) return `largest claim ${largest}`;
  if (!(claims >= 0 && Number.isInteger(claims))) return `${claims} claims`;
  if (largest > 0 && claims === 0) return `largest claim ${largest}, but no claim pays`;
  if (total > claims * largest * (1 + ROUNDING)) return `total ${total} of ${claims} claims, the largest ${largest}`;
  return null;
}
