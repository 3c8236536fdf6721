// What PCG64 and SeedSequence are made of, for every module that draws: core's own (pcg64.ts) and backend-wasm's. Where
// streams and pools are is theirs to say.

/** The multiplier 0x2360ed051fc65da44385df649fccf645. */
export const MULTIPLIER_LOW: u64 = 0x4385df649fccf645;
export const MULTIPLIER_HIGH: u64 = 0x2360ed051fc65da4;

// Each 32-bit half of the multiplier in every lane: what the products of `carried` need. Constants are read from memory: V8
// builds a literal of 64 or 128 bits anew in every round.
export const M0: u32 = 0x9fccf645;
export const M1: u32 = 0x4385df64;
export const HALVES = memory.data<u32>([
  M0, M0, M0, M0,
  M1, M1, M1, M1,
], 16);
export const LOW = memory.data<u64>([MULTIPLIER_LOW]);
export const HIGH = memory.data<u64>([MULTIPLIER_HIGH]);

/**
 * For the low halves of two states and of those after them: the upper 64 bits of low · MULTIPLIER_LOW + the increment's low half; `most`
 * is the increment's bits 32 to 63 + 2^32 − 1. Two lanes, because seven scalar multiplications a draw were the limit: 3.3 ns a draw.
 */
// @ts-ignore: decorator
@inline
export function carried(low: v128, next: v128, most: v128, m0: v128, m1: v128): v128 {
  // Lower 32-bit halves, then upper ones.
  const l = v128.shuffle<i32>(low, low, 0, 2, 1, 3);
  // The sum from bit 32 on, but for what the lower halves' own product carries into it. That is below 2^32, and makes the lower half of
  // this the upper one of `next`: a multiple of 2^32 above it, rounded up. The multiplier's halves add up to 0xe352d5a9: all stays below 2^64.
  const cross = i64x2.add(i64x2.add(i64x2.extmul_high_i32x4_u(l, m0), i64x2.extmul_low_i32x4_u(l, m1)), most);
  const upper = i64x2.shr_u(i64x2.sub(cross, i64x2.shr_u(next, 32)), 32);
  return i64x2.add(i64x2.extmul_high_i32x4_u(l, m1), upper);
}

/** The same for one state, of the whole low half of the increment. */
// @ts-ignore: decorator
@inline
export function carriedOne(low: u64, increment: u64): u64 {
  const m0: u64 = M0;
  const m1: u64 = M1;
  const l0 = low & 0xffffffff;
  const l1 = low >> 32;
  const cross = l1 * m0 + l0 * m1 + ((l0 * m0 + (increment & 0xffffffff)) >> 32) + (increment >> 32);
  return l1 * m1 + (cross >> 32);
}

/** XSL-RR. */
// @ts-ignore: decorator
@inline
export function permuted(high: u64, low: u64): u64 {
  return rotr<u64>(high ^ low, high >> 58);
}

// SeedSequence (O'Neill 2015, "Developing a seed_seq Alternative"; numpy/random/bit_generator.pyx). The four words of its
// pool are the four lanes of a vector. Its hash constants only depend on how often it was called before: 16 times for
// the seed, then four times for each word of the key.
const MULT_A: u32 = 0x931e8875;
const INIT_B: u32 = 0x8b51f9dd;
const MULT_B: u32 = 0x58f38ded;
const MIX: usize = memory.data<u32>([
  0xca01f9dd, 0xca01f9dd, 0xca01f9dd, 0xca01f9dd,
  0x4973f715, 0x4973f715, 0x4973f715, 0x4973f715,
], 16);
/** Bytes of the two tables of `writeHashes`. */
export const KEY_HASH_BYTES: i32 = 96;
export const STATE_HASH_BYTES: i32 = 64;

/**
 * Writes the hash constants that follow a seed: for each of three key words four, then each times MULT_A; for each half of
 * the result four, then each times MULT_B. `constant` is the one that comes after the seed's own.
 */
export function writeHashes(keyHash: usize, stateHash: usize, constant: u32): void {
  for (let i: usize = 0; i < 12; i++) {
    const at = keyHash + (i >> 2) * 32 + (i & 3) * 4;
    store<u32>(at, constant);
    constant *= MULT_A;
    store<u32>(at, constant, 16);
  }
  let next: u32 = INIT_B;
  for (let i: usize = 0; i < 8; i++) {
    const at = stateHash + (i >> 2) * 32 + (i & 3) * 4;
    store<u32>(at, next);
    next *= MULT_B;
    store<u32>(at, next, 16);
  }
}

/** `mix(pool, hash(word))` in all four lanes; `hash` is where the word's constants are. */
// @ts-ignore: decorator
@inline
export function mixWord(pool: v128, word: u32, hash: usize): v128 {
  let hashed = i32x4.mul(v128.xor(i32x4.splat(word), v128.load(hash)), v128.load(hash, 16));
  hashed = v128.xor(hashed, i32x4.shr_u(hashed, 16));
  const mixed = i32x4.sub(i32x4.mul(v128.load(MIX), pool), i32x4.mul(v128.load(MIX, 16), hashed));
  return v128.xor(mixed, i32x4.shr_u(mixed, 16));
}

/** Four of the eight words of `generate_state`; `hash` is where the constants of that half are. */
// @ts-ignore: decorator
@inline
export function stateWords(pool: v128, hash: usize): v128 {
  const product = i32x4.mul(v128.xor(pool, v128.load(hash)), v128.load(hash, 16));
  return v128.xor(product, i32x4.shr_u(product, 16));
}
