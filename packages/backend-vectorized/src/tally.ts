/** Payments to trials, in the order drawn. The arrays are constants of the module, for what amounts.ts says. */
import { BLOCK_TRIALS, type Losses, TERM } from "@lossmill/core";
import { chunk } from "./amounts.ts";
import type { Work } from "./work.ts";

const { claims } = chunk;
const total = new Float64Array(BLOCK_TRIALS);
/**
 * The largest claims, and behind them a place for those that are not: which it is, nobody foresees, and a jump that is
 * mistaken costs more than a store of no use.
 */
const largest = new Float64Array(BLOCK_TRIALS + 1);
const LOST = BLOCK_TRIALS;
const largestClaims = largest.subarray(0, BLOCK_TRIALS);
const paying = new Int32Array(BLOCK_TRIALS);

/** The sums of a copy whose year has terms, and the trials that it has claims in: all of them once the list is too short. */
const sums = new Float64Array(BLOCK_TRIALS);
const touched = new Uint16Array(BLOCK_TRIALS);
const everyTrial = Uint16Array.from({ length: BLOCK_TRIALS }, (_, t) => t);
let touchedCount = 0;
/** What each of the listed trials pays after the terms of the year. */
const settled = new Float64Array(BLOCK_TRIALS);
/** Nothing, what a sum exceeds its deductible by, and the limit. */
const choices = new Float64Array(3);

export function clear(): void {
  total.fill(0);
  largest.fill(0);
  paying.fill(0);
  sums.fill(0);
  touchedCount = 0;
}

export function copyTo(out: Losses, totalsAlone: boolean): void {
  out.total.set(total);
  if (totalsAlone) return;
  out.maxOccurrence.set(largestClaims);
  out.claims.set(paying);
}

/** From so many claims a trial on, one after the other, it is quicker to keep at hand what the trial has. */
const RUN = 8;

/** Whether trials that ascend have such runs; of trials in no order it tells nothing, and any way to add them is right. */
function areRuns(trials: Uint16Array, n: number): boolean {
  const apart = trials[n - 1] - trials[0];
  return apart >= 0 && RUN * (apart + 1) <= n;
}

/** Adds what is paid to the trials, where no aggregate term stands between. */
export function addToTrials(n: number, work: Work, trials: Uint16Array): void {
  const share = work.terms[TERM.insurerShare];
  if (areRuns(trials, n)) addRuns(n, share, trials, total, share);
  else addEach(n, work, trials);
}

function addEach(n: number, { terms }: Work, trials: Uint16Array): void {
  const share = terms[TERM.insurerShare];
  for (let i = 0; i < n; i++) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    const y = claims[i];
    const paid = share * y;
    total[t] += paid;
    largest[LOST + ((t - LOST) & -Number(paid > largest[t]))] = paid;
    paying[t] += Number(y > 0);
  }
}

/** Where the year's sum has terms: the largest claim and the number of paying ones at once, amounts to the copy's sums. */
export function addToSums(n: number, work: Work, trials: Uint16Array): void {
  if (areRuns(trials, n)) addRuns(n, work.terms[TERM.insurerShare], trials, sums, 1);
  else addEachToSums(n, work, trials);
}

/**
 * Claims to `added`, `factor` times each, with the largest claims and the numbers of paying ones: bit for bit what the
 * others do one by one, but no claim waits for the last one's to be stored and loaded again.
 */
function addRuns(n: number, share: number, trials: Uint16Array, added: Float64Array, factor: number): void {
  for (let i = 0; i < n;) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    let sum = added[t];
    let most = largest[t];
    let count = paying[t];
    do {
      const y = claims[i];
      const paid = share * y;
      sum += factor * y;
      if (paid > most) most = paid;
      count += Number(y > 0);
      i++;
    } while (i < n && trials[i] === t);
    added[t] = sum;
    largest[t] = most;
    paying[t] = count;
  }
}

function addEachToSums(n: number, { terms }: Work, trials: Uint16Array): void {
  const share = terms[TERM.insurerShare];
  for (let i = 0; i < n; i++) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    const y = claims[i];
    const paid = share * y;
    sums[t] += y;
    largest[LOST + ((t - LOST) & -Number(paid > largest[t]))] = paid;
    paying[t] += Number(y > 0);
  }
}

/** Where nothing but totals is asked for. */
export function addToTotals(n: number, { terms }: Work, trials: Uint16Array): void {
  const share = terms[TERM.insurerShare];
  if (areRuns(trials, n)) addRunsOfAmounts(n, share, trials, total);
  else for (let i = 0; i < n; i++) total[trials[i] & (BLOCK_TRIALS - 1)] += share * claims[i];
}

/** The same where the year's sum has terms. */
export function addToSumsAlone(n: number, _work: Work, trials: Uint16Array): void {
  if (areRuns(trials, n)) addRunsOfAmounts(n, 1, trials, sums);
  else for (let i = 0; i < n; i++) sums[trials[i] & (BLOCK_TRIALS - 1)] += claims[i];
}

function addRunsOfAmounts(n: number, factor: number, trials: Uint16Array, added: Float64Array): void {
  for (let i = 0; i < n;) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    let sum = added[t];
    do sum += factor * claims[i++];
    while (i < n && trials[i] === t);
    added[t] = sum;
  }
}

/** Lists the trials of the copy's next `n` claims. */
export function listTouched(n: number, _work: Work, trials: Uint16Array): void {
  const first = touchedCount;
  touchedCount += n;
  if (touchedCount > BLOCK_TRIALS) return;
  for (let i = 0; i < n; i++) touched[first + i] = trials[i];
}

/** Adds to one policy's own losses, `policy`, of which trial t is at `start + t`. */
export function addToPolicy(
  policy: Float64Array,
  start: number,
  n: number,
  { terms }: Work,
  trials: Uint16Array,
): void {
  const share = terms[TERM.insurerShare];
  for (let i = 0; i < n; i++) policy[start + trials[i]] += share * claims[i];
}

/** Adds what the copy's sums pay after the terms of the year, and leaves them at 0. */
export function settleCopy({ terms }: Work, byPolicy: Float64Array | undefined, start: number): void {
  const isListed = touchedCount <= BLOCK_TRIALS;
  const list = isListed ? touched : everyTrial;
  const n = isListed ? touchedCount : BLOCK_TRIALS;
  touchedCount = 0;
  settle(list, n, terms[TERM.aggregateDeductible], terms[TERM.aggregateLimit], terms[TERM.insurerShare]);
  if (byPolicy) for (let i = 0; i < n; i++) byPolicy[start + list[i]] += settled[i];
}

/** c · min(max(S − D, 0), L) for each listed trial; one that comes again has nothing left. */
function settle(list: Uint16Array, n: number, deductible: number, limit: number, share: number): void {
  choices[2] = limit;
  for (let i = 0; i < n; i++) {
    const t = list[i] & (BLOCK_TRIALS - 1);
    const excess = sums[t] - deductible;
    sums[t] = 0;
    choices[1] = excess;
    const paid = share * choices[Number(excess > 0) + Number(excess > limit)];
    total[t] += paid;
    settled[i] = paid;
  }
}
