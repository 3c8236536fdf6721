// Payments to trials, in the order drawn.
import { NONE, paidFor } from "./amounts";
import { BLOCK_TRIALS } from "./layout";

/** Adds a claim, in both lanes, to trial `t`, and `counted` to its number of paying ones. */
// @ts-ignore: decorator
@inline
function addAt(t: usize, paid: v128, tally: usize, paying: usize, counted: u32): void {
  const pair = tally + (t << 4);
  const known = v128.load(pair);
  v128.store(pair, v128.shuffle<f64>(f64x2.add(known, paid), f64x2.pmax(known, paid), 0, 3));
  const number = paying + (t << 2);
  store<u32>(number, load<u32>(number) + counted);
}

/** Adds each claim to its trial, where no aggregate term stands between. */
export function addEach(at: usize, n: i32, trials: usize, tally: usize, paying: usize, share: f64): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8, trials += 2) {
    const paid = load<f64>(at);
    addAt(load<u16>(trials), f64x2.splat(share * paid), tally, paying, u32(paid > 0));
  }
}

/**
 * Pays the claims and adds them, of trials that are packed in words, five of 12 bits, low bits first: ten claims, two words, a
 * round. No list is written and read, no payment stored. `to` is the tally, or where `areTotals` a double a trial.
 */
// @ts-ignore: decorator
@inline
function payInWords(
  at: usize,
  n: i32,
  words: usize,
  to: usize,
  paying: usize,
  share: f64,
  deductible: f64,
  attachment: f64,
  limit: f64,
  areTotals: bool,
): void {
  const end = at + (<usize>n << 3);
  const ds = f64x2.splat(deductible);
  const as = f64x2.splat(attachment);
  const ls = f64x2.splat(limit);
  const cs = f64x2.splat(share);
  const none = v128.load(NONE);
  for (; at + 72 < end; at += 80, words += 16) {
    const t0 = load<u16>(words) & 0xfff;
    const t1 = load<u16>(words, 1) >> 4;
    addPair(paidFor(v128.load(at), ds, as, ls, none), cs, to, paying, t0, t1, areTotals);
    const t2 = load<u16>(words, 3) & 0xfff;
    const t3 = load<u16>(words, 4) >> 4;
    addPair(paidFor(v128.load(at, 16), ds, as, ls, none), cs, to, paying, t2, t3, areTotals);
    const t4 = load<u16>(words, 6) & 0xfff;
    const t5 = load<u16>(words, 8) & 0xfff;
    addPair(paidFor(v128.load(at, 32), ds, as, ls, none), cs, to, paying, t4, t5, areTotals);
    const t6 = load<u16>(words, 9) >> 4;
    const t7 = load<u16>(words, 11) & 0xfff;
    addPair(paidFor(v128.load(at, 48), ds, as, ls, none), cs, to, paying, t6, t7, areTotals);
    const t8 = load<u16>(words, 12) >> 4;
    const t9 = load<u16>(words, 14) & 0xfff;
    addPair(paidFor(v128.load(at, 64), ds, as, ls, none), cs, to, paying, t8, t9, areTotals);
  }
  for (let i = 0; at < end; at += 8, i++) {
    const paid = paidFor(v128.load64_splat(at), ds, as, ls, none);
    const shared = f64x2.mul(cs, paid);
    const t = packedAt(words, i);
    if (areTotals) addTotal(to + (t << 3), f64x2.extract_lane(shared, 0));
    else addAt(t, shared, to, paying, u32(f64x2.extract_lane(paid, 0) > 0));
  }
}

/** Two claims to their trials. */
// @ts-ignore: decorator
@inline
function addPair(paid: v128, shares: v128, to: usize, paying: usize, first: u32, second: u32, areTotals: bool): void {
  const both = f64x2.mul(shares, paid);
  if (areTotals) {
    // The first one's addition wastes a lane, which takes one instruction less than to leave it.
    const total = to + (<usize>first << 3);
    v128.store64_lane(total, f64x2.add(v128.load64_zero(total), both), 0);
    addTotal(to + (<usize>second << 3), f64x2.extract_lane(both, 1));
  } else {
    const bits = <u32>i64x2.bitmask(f64x2.gt(paid, f64x2.splat(0)));
    addAt(first, v128.shuffle<f64>(both, both, 0, 0), to, paying, bits & 1);
    addAt(second, v128.shuffle<f64>(both, both, 1, 1), to, paying, bits >> 1);
  }
}

/** To the tally. */
export function payPacked(
  at: usize,
  n: i32,
  words: usize,
  tally: usize,
  paying: usize,
  share: f64,
  deductible: f64,
  attachment: f64,
  limit: f64,
): void {
  payInWords(at, n, words, tally, paying, share, deductible, attachment, limit, false);
}

/** Trial `i`, of ten, of two words. */
// @ts-ignore: decorator
@inline
function packedAt(words: usize, i: i32): usize {
  const word = i < 5 ? load<u64>(words) : load<u64>(words, 8);
  return <usize>(<u32>(word >> (12 * (i < 5 ? i : i - 5))) & 0xfff);
}

// Where nothing but totals is asked for: a double a trial, which may be the copy's sum of a year that has terms.

/** `factor` times each claim to its trial's sum. */
export function addTotals(at: usize, n: i32, trials: usize, sums: usize, factor: f64): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8, trials += 2) {
    addTotal(sums + (<usize>load<u16>(trials) << 3), factor * load<f64>(at));
  }
}

/** As `payPacked`. */
export function payPackedTotals(
  at: usize,
  n: i32,
  words: usize,
  totals: usize,
  share: f64,
  deductible: f64,
  attachment: f64,
  limit: f64,
): void {
  payInWords(at, n, words, totals, 0, share, deductible, attachment, limit, true);
}

// @ts-ignore: decorator
@inline
function addTotal(to: usize, paid: f64): void {
  store<f64>(to, load<f64>(to) + paid);
}

/** As `addTotals`, bit for bit, of trials that come in runs. */
export function addRunsOfTotals(at: usize, n: i32, trials: usize, sums: usize, factor: f64): void {
  const end = at + (<usize>n << 3);
  while (at < end) {
    const t = load<u16>(trials);
    let sum = load<f64>(sums + (<usize>t << 3));
    do {
      sum += factor * load<f64>(at);
      at += 8;
      trials += 2;
    } while (at < end && load<u16>(trials) == t);
    store<f64>(sums + (<usize>t << 3), sum);
  }
}

/** From so many claims a trial on, one after the other, it is quicker to keep at hand what the trial has. */
const RUN: i32 = 8;

/** Whether trials that ascend have such runs; of trials in no order it tells nothing, and any way to add them is right. */
export function areRuns(trials: usize, n: i32): bool {
  const apart = <i32>load<u16>(trials + (<usize>(n - 1) << 1)) - <i32>load<u16>(trials);
  return apart >= 0 && RUN * (apart + 1) <= n;
}

/** As `addEach`, bit for bit: a claim does not wait for the last one's to be stored and loaded again. */
export function addRuns(at: usize, n: i32, trials: usize, tally: usize, paying: usize, share: f64): void {
  const end = at + (<usize>n << 3);
  while (at < end) {
    const t = load<u16>(trials);
    const pair = tally + (<usize>t << 4);
    const number = paying + (<usize>t << 2);
    let sums = v128.load(pair);
    let largest = sums;
    let count = load<u32>(number);
    do {
      const paid = f64x2.splat(share * load<f64>(at));
      sums = f64x2.add(sums, paid);
      largest = f64x2.pmax(largest, paid);
      count += u32(load<f64>(at) > 0);
      at += 8;
      trials += 2;
    } while (at < end && load<u16>(trials) == t);
    v128.store(pair, v128.shuffle<f64>(sums, largest, 0, 3));
    store<u32>(number, count);
  }
}

/** Where the year's sum has terms: the largest claim and the number of paying ones at once, amounts to the copy's sums. */
export function addToSums(at: usize, n: i32, trials: usize, tally: usize, paying: usize, sums: usize, share: f64): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8, trials += 2) {
    const t = <usize>load<u16>(trials);
    const paid = load<f64>(at);
    // Its total stays: it is never below 0. A choice of doubles would be a jump, and one that cannot be foreseen.
    const claim = f64x2.replace_lane(f64x2.splat(0), 1, share * paid);
    v128.store(tally + (t << 4), f64x2.pmax(v128.load(tally + (t << 4)), claim));
    store<u32>(paying + (t << 2), load<u32>(paying + (t << 2)) + u32(paid > 0));
    store<f64>(sums + (t << 3), load<f64>(sums + (t << 3)) + paid);
  }
}

/** As `addToSums`, bit for bit, as `addRuns` does it. */
export function addRunsToSums(at: usize, n: i32, trials: usize, tally: usize, paying: usize, sums: usize, share: f64): void {
  const end = at + (<usize>n << 3);
  while (at < end) {
    const t = load<u16>(trials);
    const pair = tally + (<usize>t << 4);
    const number = paying + (<usize>t << 2);
    const sum = sums + (<usize>t << 3);
    let largest = v128.load(pair);
    let count = load<u32>(number);
    let total = load<f64>(sum);
    do {
      const paid = load<f64>(at);
      largest = f64x2.pmax(largest, f64x2.replace_lane(f64x2.splat(0), 1, share * paid));
      count += u32(paid > 0);
      total += paid;
      at += 8;
      trials += 2;
    } while (at < end && load<u16>(trials) == t);
    v128.store(pair, largest);
    store<u32>(number, count);
    store<f64>(sum, total);
  }
}

/**
 * Adds what a year's sum pays after its terms, c · min(max(S − D, 0), L), to the total at `to`, and leaves the sum at 0. Returns
 * what was added.
 */
// @ts-ignore: decorator
@inline
function settle(t: usize, to: usize, sums: usize, share: f64, deductible: f64, limit: f64): f64 {
  const excess = f64x2.pmax(f64x2.splat(0), f64x2.splat(load<f64>(sums + (t << 3)) - deductible));
  store<f64>(sums + (t << 3), 0);
  const paid = share * f64x2.extract_lane(f64x2.pmin(f64x2.splat(limit), excess), 0);
  store<f64>(to, load<f64>(to) + paid);
  return paid;
}

/**
 * Settles the trials of a list; one that comes again has nothing left. The total of trial t is t << shift bytes into `totals`;
 * each one's loss also goes to `policy`, where not 0.
 */
export function settleListed(n: i32, trials: usize, totals: usize, shift: usize, sums: usize, policy: usize, share: f64, deductible: f64, limit: f64): void {
  const end = trials + (<usize>n << 1);
  for (; trials < end; trials += 2) {
    const t = <usize>load<u16>(trials);
    const paid = settle(t, totals + (t << shift), sums, share, deductible, limit);
    if (policy) store<f64>(policy + (t << 3), load<f64>(policy + (t << 3)) + paid);
  }
}

/** Settles every trial. */
export function settleAll(totals: usize, shift: usize, sums: usize, policy: usize, share: f64, deductible: f64, limit: f64): void {
  for (let t: usize = 0; t < <usize>BLOCK_TRIALS; t++) {
    const paid = settle(t, totals + (t << shift), sums, share, deductible, limit);
    if (policy) store<f64>(policy + (t << 3), load<f64>(policy + (t << 3)) + paid);
  }
}

/** Adds to the policy's own loss in each claim's trial. */
export function addToPolicy(at: usize, n: i32, trials: usize, policy: usize, share: f64): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8, trials += 2) {
    const to = policy + (<usize>load<u16>(trials) << 3);
    store<f64>(to, load<f64>(to) + share * load<f64>(at));
  }
}

/** Pairs and numbers of claims as the host takes them: three arrays of doubles. */
export function unpack(tally: usize, paying: usize, out: usize): void {
  const largest = out + (<usize>BLOCK_TRIALS << 3);
  const claims = largest + (<usize>BLOCK_TRIALS << 3);
  for (let t: usize = 0; t < <usize>BLOCK_TRIALS; t += 2) {
    const first = v128.load(tally + (t << 4));
    const second = v128.load(tally + (t << 4), 16);
    v128.store(out + (t << 3), v128.shuffle<f64>(first, second, 0, 2));
    v128.store(largest + (t << 3), v128.shuffle<f64>(first, second, 1, 3));
    v128.store(claims + (t << 3), f64x2.convert_low_i32x4_u(v128.load64_zero(paying + (t << 2))));
  }
}
