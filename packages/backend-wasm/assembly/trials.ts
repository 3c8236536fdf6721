// From a chunk of claims to the block's trials, as far as the plan's outputs ask for it.
import { BLOCK_TRIALS, CLAIMS, OUT, PAYING, PLACES, POLICY, region, SUMS, TALLY, TRIALS } from "./layout";
import { hasYearTerms, Terms } from "./lines";
import {
  addEach,
  addRuns,
  addRunsOfTotals,
  addRunsToSums,
  addToPolicy,
  addToSums,
  addTotals,
  areRuns,
  payPacked,
  payPackedTotals,
  settleAll,
  settleListed,
  unpack,
} from "./tally";

export let isByPolicy: bool = false;
/** Whether nobody asks for largest claims and numbers of claims: totals are then added up where the host takes them. */
let areTotalsAlone: bool = false;

export function setOutputs(byPolicy: bool, totalsAlone: bool): void {
  isByPolicy = byPolicy;
  areTotalsAlone = totalsAlone;
}

/** Before a block's first claim. */
export function begin(): void {
  if (areTotalsAlone) memory.fill(region + OUT, 0, 8 * BLOCK_TRIALS);
  else memory.fill(region + TALLY, 0, SUMS - TALLY);
}

/** After its last. */
export function end(): void {
  if (!areTotalsAlone) unpack(region + TALLY, region + PAYING, region + OUT);
}

/** Pays `n` claims, whose trials are in words, and adds them. */
export function payPackedClaims(terms: Terms, n: i32): void {
  const claims = region + CLAIMS;
  const words = region + PLACES;
  const share = terms.insurerShare;
  const deductible = terms.deductible;
  const attachment = terms.attachment;
  const limit = terms.limit;
  if (areTotalsAlone) payPackedTotals(claims, n, words, region + OUT, share, deductible, attachment, limit);
  else payPacked(claims, n, words, region + TALLY, region + PAYING, share, deductible, attachment, limit);
}

/** Adds what is paid for `n` claims to their trials, which are listed. */
export function addListed(terms: Terms, n: i32): void {
  const claims = region + CLAIMS;
  const trials = region + TRIALS;
  const tally = region + TALLY;
  const paying = region + PAYING;
  const share = terms.insurerShare;
  const hasAggregate = hasYearTerms(terms);
  const comeInRuns = areRuns(trials, n);
  if (areTotalsAlone) {
    const sums = region + (hasAggregate ? SUMS : OUT);
    const factor = hasAggregate ? 1 : share;
    if (comeInRuns) addRunsOfTotals(claims, n, trials, sums, factor);
    else addTotals(claims, n, trials, sums, factor);
  } else if (hasAggregate) {
    if (comeInRuns) addRunsToSums(claims, n, trials, tally, paying, region + SUMS, share);
    else addToSums(claims, n, trials, tally, paying, region + SUMS, share);
  } else if (comeInRuns) addRuns(claims, n, trials, tally, paying, share);
  else addEach(claims, n, trials, tally, paying, share);
  if (isByPolicy && !hasAggregate) addToPolicy(claims, n, trials, region + POLICY, share);
}

/** Adds what a copy's sums pay after the terms of the year; `listed`: its claims, where TRIALS lists them all, and else −1. */
export function settle(terms: Terms, listed: i32): void {
  const policy = isByPolicy ? region + POLICY : 0;
  const share = terms.insurerShare;
  const deductible = terms.aggregateDeductible;
  const limit = terms.aggregateLimit;
  const totals = region + (areTotalsAlone ? OUT : TALLY);
  const shift: usize = areTotalsAlone ? 3 : 4;
  if (listed >= 0) {
    settleListed(listed, region + TRIALS, totals, shift, region + SUMS, policy, share, deductible, limit);
  } else {
    settleAll(totals, shift, region + SUMS, policy, share, deductible, limit);
  }
}
