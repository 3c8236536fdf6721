import { multipliedCounts, thinningRefusal } from "../laws/counts/thinned.ts";
import { severity } from "../laws/severities/index.ts";
import { isPlainPoisson } from "../plan/line-tables.ts";
import type { Line } from "../plan/plan.ts";
import { addedMass } from "./added-mass.ts";
import { tiltedCounts } from "./tilted-counts.ts";

/** What claims of a line add to the book's loss: one of them alone, after all terms. */
export interface Tilting {
  /** Amounts, ascending, the first 0: ratio k is that of claims that add more than amount k, and no more than the next. */
  readonly amounts: readonly number[];
  /** At least 1, ascending, the first 1. */
  readonly ratios: readonly number[];
}

/** S of claims that are all drawn, and yet as upper tails: the largest double below 1. What it leaves out no uniform can show. */
const ALL = 1 - Number.EPSILON / 2;

/**
 * The line with its largest claims drawn more often: in trials of odd number claims that add more than amounts[k] come
 * ratios[k] times as often, in the others as they were. Claims of a Poisson law are a Poisson process, and so are both
 * together (Kingman 1993, Poisson Processes, 2.2 and 2.3). Of other lines claims are as many and larger (`tiltCounts` makes
 * them more). Lines that are not `isTiltable`, or reach no amount, stay as they are.
 */
export function tiltLine(line: Line, tilting: Tilting): Line {
  if (!isTiltable(line)) return line;
  const survival = Math.min(line.survival, ALL);
  const tilt = tailsOf({ ...line, survival }, tilting.amounts);
  const added = addedMass(tilt, tilting.ratios);
  if (added === 0) return line;
  const { frequency } = line;
  if (frequency.law === "poisson" && isPlainPoisson(line)) {
    const lambda = frequency.lambda * (1 + added / 2);
    return { ...line, frequency: { law: "poisson", lambda }, survival, placement: "scatter", tilt };
  }
  return { ...line, survival, tilt };
}

/** A tilted line whose claims are also more, in trials of odd number; the line as it is where that is not to be had. */
export function tiltCounts(line: Line, ratios: readonly number[]): Line {
  const { frequency, tilt } = line;
  if (tilt === undefined || isPlainPoisson(line)) return line;
  const more = multipliedCounts(frequency, 1 + addedMass(tilt, ratios));
  if (more === null) return line;
  const tilted: Line = { ...line, frequency: more, placement: "perTrial", untilted: frequency };
  return tiltedCounts(tilted) === null ? line : tilted;
}

/** Whether more of a line's claims can be drawn: its counts can be thinned, and it pays something. */
export function isTiltable({ frequency, terms }: Line): boolean {
  return thinningRefusal(frequency) === null && terms.insurerShare > 0;
}

/** The probability that a claim of the line, one of those drawn, adds more than each amount but the first; without zeros. */
function tailsOf({ severity: spec, terms, survival }: Line, amounts: readonly number[]): number[] {
  const law = severity(spec);
  const tails: number[] = [];
  for (const amount of amounts.slice(1)) {
    const least = groundUpAbove(terms, amount);
    const tail = least === null ? 0 : Math.min(1, law.survival(least) / survival);
    if (tail === 0) break;
    tails.push(tail);
  }
  return tails;
}

/** The ground-up amount above which one claim alone adds more than `amount` to the loss; null where none does. */
function groundUpAbove(terms: Line["terms"], amount: number): number | null {
  const { deductible, deductibleKind, attachment, limit, aggregateDeductible, aggregateLimit, insurerShare } = terms;
  const afterYear = amount / insurerShare;
  const paid = aggregateDeductible + afterYear;
  if (afterYear >= (aggregateLimit ?? Infinity) || paid >= (limit ?? Infinity)) return null;
  return deductibleKind === "franchise" ? Math.max(deductible, attachment + paid) : deductible + attachment + paid;
}
