import { BLOCK_TRIALS, type Losses, TERM } from "@lossmill/core";

/** Of two numbers the larger, by place: which it is, nobody foresees, and a jump that is mistaken costs more than a load. */
const two = new Float64Array(2);

/** Adds what is paid to the trials, where no aggregate term stands between. */
export function addToTrials(out: Losses, claims: Float64Array, trials: Uint16Array, n: number, share: number): void {
  const { total, maxOccurrence, claims: paying } = out;
  for (let i = 0; i < n; i++) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    const y = claims[i];
    const paid = share * y;
    const largest = maxOccurrence[t];
    two[0] = largest;
    two[1] = paid;
    total[t] += paid;
    maxOccurrence[t] = two[Number(paid > largest)];
    paying[t] += Number(y > 0);
  }
}

/** Where the year's sum has terms: the largest claim and the number of paying ones at once, amounts to the copy's sums. */
export function addToSums(
  out: Losses,
  sums: Float64Array,
  claims: Float64Array,
  trials: Uint16Array,
  n: number,
  share: number,
): void {
  const { maxOccurrence, claims: paying } = out;
  for (let i = 0; i < n; i++) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    const y = claims[i];
    if (share * y > maxOccurrence[t]) maxOccurrence[t] = share * y;
    if (y > 0) paying[t] += 1;
    sums[t] += y;
  }
}

/** Adds to one policy's own losses, `policy`, of which trial t is at `start + t`. */
export function addToPolicy(
  policy: Float64Array,
  start: number,
  claims: Float64Array,
  trials: Uint16Array,
  n: number,
  share: number,
): void {
  for (let i = 0; i < n; i++) policy[start + trials[i]] += share * claims[i];
}

/**
 * Adds what the sums of the first `n` of `trials` pay after the terms of the year, c · min(max(S − D, 0), L), and leaves
 * them at 0: a trial that comes again has nothing left.
 */
export function settle(
  out: Losses,
  sums: Float64Array,
  trials: Uint16Array,
  n: number,
  terms: Float64Array,
  line: number,
): void {
  const { total, byPolicy } = out;
  const share = terms[TERM.insurerShare];
  const deductible = terms[TERM.aggregateDeductible];
  const limit = terms[TERM.aggregateLimit];
  for (let i = 0; i < n; i++) {
    const t = trials[i] & (BLOCK_TRIALS - 1);
    const excess = sums[t] - deductible;
    sums[t] = 0;
    const positive = excess > 0 ? excess : 0;
    const paid = share * (positive < limit ? positive : limit);
    total[t] += paid;
    if (byPolicy) byPolicy[line * BLOCK_TRIALS + t] += paid;
  }
}
