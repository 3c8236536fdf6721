import type { Amount } from "./amount.ts";
import type { Weighted } from "./cell-averages.ts";
import type { CountPgf } from "./pgf/index.ts";
import { sumOf } from "@lossmill/core/math";

/** How often an amount arises: the count's generating function, and how many independent such counts there are. */
export interface Counted {
  readonly pgf: CountPgf;
  readonly copies: number;
  /** The expected count of one of them. */
  readonly mean: number;
}

/** Independent sums of independent amounts of one law, which share its transform. */
export interface Component {
  readonly amount: Amount;
  readonly counts: readonly Counted[];
}

/**
 * A sum of independent random sums. All Poisson ones are pooled: their sum is one Poisson number of amounts from the
 * mixture of their laws, weighted by how many are expected of each.
 */
export interface Book {
  readonly pool: readonly Weighted[];
  readonly components: readonly Component[];
}

/** All laws of a book's amounts. */
export function amountsOf({ pool, components }: Book): Amount[] {
  return [...pool, ...components].map(({ amount }) => amount);
}

/** How many amounts above 0 are expected. */
export function expectedAmounts({ pool, components }: Book): number {
  let expected = sumOf(pool, ({ amount, weight }) => weight * amount.survival(0));
  for (const { amount, counts } of components) {
    expected += amount.survival(0) * sumOf(counts, ({ copies, mean }) => copies * mean);
  }
  return expected;
}
