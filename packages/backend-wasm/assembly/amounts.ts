// How uniforms become amounts: core's recipe.ts, two claims at a time. Every pass works in place on the chunk's array, and
// is kept short: a long chain of dependent operations fills the processor's schedulers and starves its units (one loop
// for everything took half as long again as four).
import { region, REST, ROOTS } from "./layout";

// @ts-ignore: decorator
@inline
const TWO_52: f64 = 4503599627370496;

/** What is paid at least. */
export const NONE = memory.data<f64>([0, 0]);
const ROUNDER = memory.data<f64>([1.5 * TWO_52, 1.5 * TWO_52]);
/** The same to the nearest 512th. */
const ROOT_ROUNDER = memory.data<f64>([1.5 * TWO_52 / 512, 1.5 * TWO_52 / 512]);
const NORMAL_ROW = memory.data<u64>([
  0xffff800000000000, 0xffff800000000000,
  0x0000400000000000, 0x0000400000000000,
]);
/** What makes out a row of a quantile table, exponent and three bits; half a row. */
const QUANTILE_ROW = memory.data<u64>([
  0xfffe000000000000, 0xfffe000000000000,
  0x0001000000000000, 0x0001000000000000,
]);
/** 2^f − 1 over f; recipe.ts's EXP2. */
const EXP2 = memory.data<f64>([
  0.6931471805599453, 0.6931471805599453,
  0.2402265138385228, 0.2402265138385228,
  0.05550410961851198, 0.05550410961851198,
]);
/** a · b + c, rounded twice. */
// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

// Passes hand their constants to what they inline: loaded before the loop they stay in registers.

/** The values of a look-up table for the two tails there. */
// @ts-ignore: decorator
@inline
function valuesOf(at: usize, table: usize, row: v128, half: v128): v128 {
  // The high words are read as whole numbers, from memory: taken from the vector they would wait for it.
  const r = table + <usize>((load<u32>(at, 4) >> 9) & 0x3ffc0);
  const s = table + <usize>((load<u32>(at, 12) >> 9) & 0x3ffc0);
  const tail = v128.load(at);
  const d = f64x2.sub(tail, v128.or(v128.and(tail, row), half));
  const r01 = v128.load(r);
  const s01 = v128.load(s);
  const r23 = v128.load(r, 16);
  const s23 = v128.load(s, 16);
  const r45 = v128.load(r, 32);
  const s45 = v128.load(s, 32);
  const d2 = f64x2.mul(d, d);
  const a = multiplyAdd(v128.shuffle<f64>(r45, s45, 1, 3), d, v128.shuffle<f64>(r45, s45, 0, 2));
  const b = multiplyAdd(v128.shuffle<f64>(r23, s23, 1, 3), d, v128.shuffle<f64>(r23, s23, 0, 2));
  const c = multiplyAdd(v128.shuffle<f64>(r01, s01, 1, 3), d, v128.shuffle<f64>(r01, s01, 0, 2));
  return multiplyAdd(multiplyAdd(a, d2, b), d2, c);
}

/** Tails to the values of a look-up table, which are stored `to` bytes further; four a round, so that up to three more are read and written. */
// @ts-ignore: decorator
@inline
export function lookUp(at: usize, n: i32, table: usize, to: usize): void {
  const end = at + (<usize>n << 3);
  const row = v128.load(NORMAL_ROW);
  const half = v128.load(NORMAL_ROW, 16);
  for (; at < end; at += 32) {
    v128.store(at + to, valuesOf(at, table, row, half));
    v128.store(at + to, valuesOf(at + 16, table, row, half), 16);
  }
}

/**
 * Values z to t = offset + slope · z, rounded to 512ths (ROOT_ROUNDER added), and what the rounding took off, which is
 * stored `REST` bytes further.
 */
export function split(at: usize, n: i32, offset: f64, slope: f64): void {
  const end = at + (<usize>n << 3);
  const offsets = f64x2.splat(offset);
  const slopes = f64x2.splat(slope);
  const shift = v128.load(ROOT_ROUNDER);
  for (; at < end; at += 16) {
    const t = multiplyAdd(slopes, v128.load(at), offsets);
    const rounded = f64x2.add(t, shift);
    v128.store(at, rounded);
    v128.store(at, f64x2.sub(t, f64x2.sub(rounded, shift)), REST);
  }
}

/** The values of two polynomials of degree 7, whose coefficients begin at r and s. */
// @ts-ignore: decorator
@inline
function polynomials(r: usize, s: usize, d: v128): v128 {
  const r01 = v128.load(r);
  const s01 = v128.load(s);
  const r23 = v128.load(r, 16);
  const s23 = v128.load(s, 16);
  const r45 = v128.load(r, 32);
  const s45 = v128.load(s, 32);
  const r67 = v128.load(r, 48);
  const s67 = v128.load(s, 48);
  const d2 = f64x2.mul(d, d);
  const e = multiplyAdd(v128.shuffle<f64>(r67, s67, 1, 3), d, v128.shuffle<f64>(r67, s67, 0, 2));
  const a = multiplyAdd(v128.shuffle<f64>(r45, s45, 1, 3), d, v128.shuffle<f64>(r45, s45, 0, 2));
  const b = multiplyAdd(v128.shuffle<f64>(r23, s23, 1, 3), d, v128.shuffle<f64>(r23, s23, 0, 2));
  const c = multiplyAdd(v128.shuffle<f64>(r01, s01, 1, 3), d, v128.shuffle<f64>(r01, s01, 0, 2));
  return multiplyAdd(multiplyAdd(e, d2, a), f64x2.mul(d2, d2), multiplyAdd(b, d2, c));
}

/** Tails to the amounts of a quantile table. */
export function quantiles(at: usize, n: i32, table: usize): void {
  const end = at + (<usize>n << 3);
  const row = v128.load(QUANTILE_ROW);
  const half = v128.load(QUANTILE_ROW, 16);
  for (; at < end; at += 16) {
    const r = table + <usize>((load<u32>(at, 4) >> 11) & 0xffc0);
    const s = table + <usize>((load<u32>(at, 12) >> 11) & 0xffc0);
    const tail = v128.load(at);
    // The middle of its row: what makes out the row stays of it, and half a row more.
    const middle = v128.or(v128.and(tail, row), half);
    v128.store(at, polynomials(r, s, f64x2.sub(tail, middle)));
  }
}

/** What `touch` has read: without a use of it nothing would be read. */
let touched: v128 = f64x2.splat(0);

/**
 * Reads where the rows of a curve begin that the values z will need, and nothing else: a short loop, so that the processor waits for
 * all of them at once, where `curve` would wait for a few at a time. For lines of few claims, whose rows are in no cache any more.
 */
export function touch(at: usize, n: i32, from: usize, table: usize, offset: f64, slope: f64): void {
  const end = at + (<usize>n << 3);
  const offsets = f64x2.splat(offset);
  const slopes = f64x2.splat(slope);
  const rounder = v128.load(ROUNDER);
  let all = f64x2.splat(0);
  for (; at < end; at += 16) {
    const row = i64x2.shl(f64x2.add(multiplyAdd(slopes, v128.load(at + from), offsets), rounder), 6);
    all = v128.or(all, v128.load(table + <usize>(<u32>i64x2.extract_lane(row, 0))));
    all = v128.or(all, v128.load(table + <usize>(<u32>i64x2.extract_lane(row, 1))));
  }
  touched = all;
}

/** Values z to plus + those of a curve at offset + slope · z, as `split` leaves them. Returns whether one was in a hole. */
export function curve(at: usize, n: i32, from: usize, table: usize, offset: f64, slope: f64, plus: f64): bool {
  const end = at + (<usize>n << 3);
  const offsets = f64x2.splat(offset);
  const slopes = f64x2.splat(slope);
  const rounder = v128.load(ROUNDER);
  const shift = v128.load(ROOT_ROUNDER);
  const pluses = f64x2.splat(plus);
  let holes = f64x2.splat(0);
  for (; at < end; at += 16) {
    const position = multiplyAdd(slopes, v128.load(at + from), offsets);
    const rounded = f64x2.add(position, rounder);
    const d = f64x2.sub(position, f64x2.sub(rounded, rounder));
    const row = i64x2.shl(rounded, 6);
    const r = table + <usize>(<u32>i64x2.extract_lane(row, 0));
    const s = table + <usize>(<u32>i64x2.extract_lane(row, 1));
    const t = f64x2.add(polynomials(r, s, d), pluses);
    holes = v128.or(holes, f64x2.ne(t, t));
    const whole = f64x2.add(t, shift);
    v128.store(at, whole);
    v128.store(at, f64x2.sub(t, f64x2.sub(whole, shift)), REST);
  }
  return v128.any_true(holes);
}

/** 2^t, of t as `split` leaves it. */
export function powers(at: usize, n: i32): void {
  const end = at + (<usize>n << 3);
  const roots = region + ROOTS;
  const c0 = v128.load(EXP2);
  const c1 = v128.load(EXP2, 16);
  const c2 = v128.load(EXP2, 32);
  for (; at < end; at += 16) {
    const f = v128.load(at, REST);
    const q = f64x2.mul(multiplyAdd(multiplyAdd(f, c2, c1), f, c0), f);
    const r = roots + ((load<u32>(at) & 511) << 3);
    const s = roots + ((load<u32>(at, 8) & 511) << 3);
    const pairOfRoots = v128.load64_lane(s, v128.load64_zero(r), 1);
    // Times 2^whole: added to the exponent, which cannot overflow for |t| <= MOST_LOG2. The root's number is added with it: ROOTS lack that.
    const power = i64x2.add(pairOfRoots, i64x2.shl(v128.load(at), 43));
    v128.store(at, multiplyAdd(power, q, power));
  }
}

/** Lists which of the first `n` amounts are NaN, as core's `listHoles`; returns how many. */
export function listHoles(at: usize, n: i32, list: usize): i32 {
  const first = list;
  for (let i = 0; i < n; i++, at += 8) {
    const amount = load<f64>(at);
    store<i32>(list, i);
    list += <usize>u32(amount != amount) << 2;
  }
  return <i32>((list - first) >> 2);
}

/** What is paid for two claims before the share: min(max((x − d) − a, 0), l). */
// @ts-ignore: decorator
@inline
export function paidFor(amounts: v128, deductible: v128, attachment: v128, limit: v128, none: v128): v128 {
  return f64x2.pmin(limit, f64x2.pmax(none, f64x2.sub(f64x2.sub(amounts, deductible), attachment)));
}

/** Amounts to what is paid for each before the share. */
export function ordinary(at: usize, n: i32, deductible: f64, attachment: f64, limit: f64): void {
  const end = at + (<usize>n << 3);
  const ds = f64x2.splat(deductible);
  const as = f64x2.splat(attachment);
  const ls = f64x2.splat(limit);
  const none = v128.load(NONE);
  for (; at < end; at += 16) v128.store(at, paidFor(v128.load(at), ds, as, ls, none));
}

/** The same for a franchise: min(max((x > d ? x : 0) − a, 0), l). */
export function franchise(at: usize, n: i32, deductible: f64, attachment: f64, limit: f64): void {
  const end = at + (<usize>n << 3);
  const ds = f64x2.splat(deductible);
  const as = f64x2.splat(attachment);
  const ls = f64x2.splat(limit);
  const none = v128.load(NONE);
  for (; at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, paidFor(v128.and(x, f64x2.gt(x, ds)), none, as, ls, none));
  }
}
