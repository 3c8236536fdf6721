// Words to uniforms, and uniforms to tails (core's recipe.ts), two claims at a time.

/** High and low word of a uniform as doubles: 2^20 + high · 2^-32 and ½ + low · 2^-53; what to subtract. */
export const HIGH = memory.data<u64>([0x4130000000000000, 0x4130000000000000]);
export const LOW = memory.data<u64>([0x3fe0000000000000, 0x3fe0000000000000]);
export const FROM = memory.data<u64>([0x4130000080000000, 0x4130000080000000]);
export const SMALLEST = memory.data<f64>([5.551115123125783e-17, 5.551115123125783e-17]);
export const ONE = memory.data<f64>([1, 1]);
/** Bit 6 of a double's exponent, which all smaller tails have: without it they are 2^-64 times as large. */
export const UPPER = memory.data<u64>([0x0400000000000000, 0x0400000000000000]);

// Passes hand their constants to what they inline: loaded before the loop they stay in registers.

/** The uniforms of two words: the top 53 bits, 0 read as 2^-54; exact in every step. */
// @ts-ignore: decorator
@inline
function uniformsOf(words: v128, high: v128, low: v128, from: v128, smallest: v128): v128 {
  const top = f64x2.sub(v128.or(i64x2.shr_u(words, 32), high), from);
  // Bits 11 to 31 below the upper half of ½.
  return f64x2.pmax(smallest, f64x2.add(top, v128.shuffle<i32>(i32x4.shr_u(words, 11), low, 0, 5, 2, 7)));
}

/** `tailOf` of two uniforms. */
// @ts-ignore: decorator
@inline
function tailsOf(u: v128, one: v128, upper: v128): v128 {
  const other = f64x2.sub(one, u);
  return v128.xor(f64x2.pmin(u, other), v128.and(f64x2.gt(u, other), upper));
}

/** The same for one word. */
export function uniformOf(word: u64): f64 {
  const top = word >> 11;
  return <f64>(<i64>((top << 1) | u64(top == 0))) * 2 ** -54;
}

/** Words to uniforms. */
export function uniforms(at: usize, n: i32): void {
  const end = at + (<usize>n << 3);
  const high = v128.load(HIGH);
  const low = v128.load(LOW);
  const from = v128.load(FROM);
  const smallest = v128.load(SMALLEST);
  for (; at < end; at += 16) v128.store(at, uniformsOf(v128.load(at), high, low, from, smallest));
}

/** Words to the tails (`tailOf`) of survival times their uniforms. */
export function tails(at: usize, n: i32, survival: f64): void {
  const end = at + (<usize>n << 3);
  const share = f64x2.splat(survival);
  const high = v128.load(HIGH);
  const low = v128.load(LOW);
  const from = v128.load(FROM);
  const smallest = v128.load(SMALLEST);
  const one = v128.load(ONE);
  const upper = v128.load(UPPER);
  for (; at < end; at += 16) toTails(at, share, high, low, from, smallest, one, upper);
}

/** The same of the two words there. */
// @ts-ignore: decorator
@inline
export function toTails(
  at: usize,
  share: v128,
  high: v128,
  low: v128,
  from: v128,
  smallest: v128,
  one: v128,
  upper: v128,
): void {
  const u = f64x2.mul(share, uniformsOf(v128.load(at), high, low, from, smallest));
  v128.store(at, tailsOf(u, one, upper));
}

/** Uniforms to the tails (`tailOf`) of survival times them. */
export function scaled(at: usize, n: i32, survival: f64): void {
  const end = at + (<usize>n << 3);
  const share = f64x2.splat(survival);
  const one = v128.load(ONE);
  const upper = v128.load(UPPER);
  for (; at < end; at += 16) v128.store(at, tailsOf(f64x2.mul(share, v128.load(at)), one, upper));
}
