import { type YearTerms, yearMoments, yearPayment } from "./aggregate-terms.ts";
import type { Amount } from "./amount.ts";
import type { Book } from "./book.ts";
import type { DistributionTable } from "./distribution-table.ts";
import type { Moments } from "./moments.ts";
import type { Risk } from "./risk.ts";
import { roughTotal, totalOver } from "./total.ts";

/** What a policy with aggregate terms pays in a year, before the share. */
export interface YearPayment {
  readonly amount: Amount;
  readonly moments: Moments;
  readonly table: DistributionTable;
}

/** More of the year's sum than this lies within the stretch that it is computed on. */
const BEYOND = 1e-13;
const SEEKING_CELLS = 4096;
const MOST_TRIES = 30;

/** The year's sum of a policy without a portfolio around it: one random sum. */
function ownBook(risk: Risk): Book {
  const { payment, pgf, policy } = risk;
  const { frequency } = policy;
  if (frequency.law === "poisson" && isPlain(risk)) {
    return { pool: [{ amount: payment, weight: frequency.lambda }], components: [] };
  }
  return { pool: [], components: [{ amount: payment, counts: [{ pgf, copies: 1, mean: risk.count.mean }] }] };
}

/** Whether a policy's count law carries no zero modifier. */
export function isPlain({ policy: { frequency } }: Risk): boolean {
  const { zeroInflated, zeroTruncated, zeroModified } = frequency;
  return zeroInflated === undefined && zeroTruncated === undefined && zeroModified === undefined;
}

/**
 * What a policy pays in a year of the sum of its claims, on a lattice of its own up to where its limit is reached; with
 * no limit, up to a payment of `most`.
 */
export function yearPaymentOf(risk: Risk, most: number, cells: number): YearPayment {
  const { aggregateDeductible: deductible, aggregateLimit: limit } = risk.terms;
  const terms: YearTerms = { deductible, limit };
  const book = ownBook(risk);
  const highest = highestOf(book, deductible + (limit < Infinity ? limit : most));
  const table = totalOver(book, { from: 0, to: highest }, cells);
  const moments = yearMoments(table, terms, risk.sum);
  return { amount: yearPayment(table, terms, moments), moments, table };
}

/** `most`, or a smaller amount that the sum practically never exceeds. */
function highestOf(book: Book, most: number): number {
  let to = most;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const table = roughTotal(book, { from: 0, to }, SEEKING_CELLS);
    const highest = table.quantile(1 - BEYOND) + 4 * table.step;
    if (!(highest < to / 4)) break;
    to = highest * 1.5;
  }
  return to;
}
