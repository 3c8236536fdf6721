// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64), started by NumPy's SeedSequence and read as NumPy's. AssemblyScript; see build.ts.
// JavaScript has no fast 64-bit multiplication, which is why this exists: ../src/random/pcg64.ts is the same generator
// without it, and ../src/random/seed-sequence.ts the same seeding.
//
// Memory: byte 0, eight 32-bit words of SeedSequence.generate_state, low word first; byte 64, what was drawn; constants
// behind that (build.ts).
const DRAWN: usize = 64;

const MULTIPLIER_LOW: u64 = 0x4385df649fccf645;
const MULTIPLIER_HIGH: u64 = 0x2360ed051fc65da4;

// Each 32-bit half of the multiplier in every lane, and a mask: what the products of `carried` need. Constants are read
// from memory: V8 builds a literal of 64 or 128 bits anew in every round.
const M0: u32 = 0x9fccf645;
const M1: u32 = 0x4385df64;
const HALVES = memory.data<u32>([
  M0, M0, M0, M0,
  M1, M1, M1, M1,
  0xffffffff, 0, 0xffffffff, 0,
], 16);
const LOW = memory.data<u64>([MULTIPLIER_LOW]);
const HIGH = memory.data<u64>([MULTIPLIER_HIGH]);

/**
 * High and low word of a uniform as doubles: 2^20 + high · 2^-32 and, with a mask first, ½ + low · 2^-53; what to subtract
 * from the first; 2^-54.
 */
const UNIFORM = memory.data<u64>([
  0x4130000000000000, 0x4130000000000000,
  0x1fffff, 0x1fffff,
  0x3fe0000000000000, 0x3fe0000000000000,
  0x4130000080000000, 0x4130000080000000,
  0x3c90000000000000, 0x3c90000000000000,
], 16);

let stateHigh: u64 = 0;
let stateLow: u64 = 0;
let incrementHigh: u64 = 0;
let incrementLow: u64 = 0;

/**
 * For two states' low halves: the upper 64 bits of low · MULTIPLIER_LOW + the increment's low half. Two lanes, because
 * seven scalar multiplications a draw were the limit.
 */
// @ts-ignore: decorator
@inline
function carried(low: v128, inc0: v128, inc1: v128): v128 {
  const l0 = v128.shuffle<i32>(low, low, 0, 2, 0, 2);
  const l1 = v128.shuffle<i32>(low, low, 1, 3, 1, 3);
  const m0 = v128.load(HALVES);
  const m1 = v128.load(HALVES, 16);
  const p = i64x2.add(i64x2.extmul_low_i32x4_u(l0, m0), inc0);
  // Never above 64 bits: (2^32 − 1)² + 2 (2^32 − 1) = 2^64 − 1.
  const cross = i64x2.add(i64x2.add(i64x2.extmul_low_i32x4_u(l1, m0), i64x2.shr_u(p, 32)), inc1);
  const middle = i64x2.add(i64x2.extmul_low_i32x4_u(l0, m1), v128.and(cross, v128.load(HALVES, 32)));
  const high = i64x2.add(i64x2.extmul_low_i32x4_u(l1, m1), i64x2.shr_u(cross, 32));
  return i64x2.add(high, i64x2.shr_u(middle, 32));
}

/** The same for one state. */
function carriedProduct(low: u64, increment: u64): u64 {
  const m0: u64 = M0;
  const m1: u64 = M1;
  const l0 = low & 0xffffffff;
  const l1 = low >> 32;
  const cross = l1 * m0 + ((l0 * m0 + (increment & 0xffffffff)) >> 32) + (increment >> 32);
  const middle = l0 * m1 + (cross & 0xffffffff);
  return l1 * m1 + (cross >> 32) + (middle >> 32);
}

/** XSL-RR. */
// @ts-ignore: decorator
@inline
function permuted(high: u64, low: u64): u64 {
  return rotr<u64>(high ^ low, high >> 58);
}

/** Writes the next `count` words from `at` on. */
function words(at: usize, count: i32): void {
  // Locals: a global is a memory access in every round of the loop.
  let high = stateHigh;
  let low = stateLow;
  const plusHigh = incrementHigh;
  const plusLow = incrementLow;
  const inc0 = i64x2.splat(plusLow & 0xffffffff);
  const inc1 = i64x2.splat(plusLow >> 32);
  const end = at + (<usize>(count & ~1) << 3);
  for (; at < end; at += 16) {
    const first = low;
    const second = first * load<u64>(LOW) + plusLow;
    const third = second * load<u64>(LOW) + plusLow;
    const carries = carried(i64x2.replace_lane(i64x2.splat(first), 1, second), inc0, inc1);
    // Added in this order, what must wait for the last draw's high half is one multiplication and one addition.
    high = high * load<u64>(LOW) + (i64x2.extract_lane(carries, 0) + first * load<u64>(HIGH) + plusHigh);
    low = second;
    store<u64>(at, permuted(high, low));
    high = high * load<u64>(LOW) + (i64x2.extract_lane(carries, 1) + second * load<u64>(HIGH) + plusHigh);
    low = third;
    store<u64>(at, permuted(high, low), 8);
  }
  if (count & 1) {
    high = high * MULTIPLIER_LOW + (carriedProduct(low, plusLow) + low * MULTIPLIER_HIGH + plusHigh);
    low = low * MULTIPLIER_LOW + plusLow;
    store<u64>(end, permuted(high, low));
  }
  stateHigh = high;
  stateLow = low;
}

/** Writes the next `count` uniforms from byte 64 on: the top 53 bits; 0 is read as 2^-54. */
export function fill(count: i32): void {
  words(DRAWN, count);
  const end = DRAWN + (<usize>count << 3);
  for (let at = DRAWN; at < end; at += 16) {
    // Exact in every step.
    const drawn = v128.load(at);
    const high = v128.or(i64x2.shr_u(drawn, 32), v128.load(UNIFORM));
    const low = v128.or(v128.and(i64x2.shr_u(drawn, 11), v128.load(UNIFORM, 16)), v128.load(UNIFORM, 32));
    const uniform = f64x2.add(f64x2.sub(high, v128.load(UNIFORM, 48)), low);
    v128.store(at, f64x2.pmax(v128.load(UNIFORM, 64), uniform));
  }
}

/** Writes the trials of the next `count` words from byte 64 on, as 16-bit numbers: five of 12 bits a word, low bits first. */
export function fillTrials(count: i32): void {
  // The words lie a little before where the trials of each go, ten bytes for eight, and are read before those are written.
  const end = DRAWN + <usize>count * 10;
  let from = end - (<usize>count << 3);
  words(from, count);
  for (let at = DRAWN; at < end; at += 10, from += 8) {
    const word = load<u64>(from);
    store<u16>(at, <u16>(word & 0xfff));
    store<u16>(at, <u16>((word >> 12) & 0xfff), 2);
    store<u16>(at, <u16>((word >> 24) & 0xfff), 4);
    store<u16>(at, <u16>((word >> 36) & 0xfff), 6);
    store<u16>(at, <u16>((word >> 48) & 0xfff), 8);
  }
}

/** Starts the generator: start and stream, 128 bits each, high halves first. */
function start(startHigh: u64, startLow: u64, streamHigh: u64, streamLow: u64): void {
  incrementHigh = (streamHigh << 1) | (streamLow >> 63);
  incrementLow = (streamLow << 1) | 1;
  // The first step, from state 0, leaves the increment itself; this is the second.
  const low = incrementLow + startLow;
  const high = incrementHigh + startHigh + u64(low < startLow);
  stateLow = low * MULTIPLIER_LOW + incrementLow;
  stateHigh = high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH + incrementHigh + carriedProduct(low, incrementLow);
}

/** Starts the generator from the eight words. */
export function seed(): void {
  start(load<u64>(0), load<u64>(8), load<u64>(16), load<u64>(24));
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
/** For each of three key words: four constants, then each times MULT_A. */
const KEY_HASH: usize = memory.data(96, 16);
/** For each half of the result: four constants, then each times MULT_B. */
const STATE_HASH: usize = memory.data(64, 16);
const SEED_POOL: usize = memory.data(16, 16);

/** Takes the pool of a seed, the first four of the eight words, and the hash constant that comes after it. */
export function setPool(constant: u32): void {
  v128.store(SEED_POOL, v128.load(0));
  for (let i: usize = 0; i < 12; i++) {
    const at = KEY_HASH + (i >> 2) * 32 + (i & 3) * 4;
    store<u32>(at, constant);
    constant *= MULT_A;
    store<u32>(at, constant, 16);
  }
  let next: u32 = INIT_B;
  for (let i: usize = 0; i < 8; i++) {
    const at = STATE_HASH + (i >> 2) * 32 + (i & 3) * 4;
    store<u32>(at, next);
    next *= MULT_B;
    store<u32>(at, next, 16);
  }
}

/** `mix(pool, hash(word))` in all four lanes; `hash` is where the word's constants are. */
// @ts-ignore: decorator
@inline
function mixWord(pool: v128, word: u32, hash: usize): v128 {
  let hashed = i32x4.mul(v128.xor(i32x4.splat(word), v128.load(hash)), v128.load(hash, 16));
  hashed = v128.xor(hashed, i32x4.shr_u(hashed, 16));
  const mixed = i32x4.sub(i32x4.mul(v128.load(MIX), pool), i32x4.mul(v128.load(MIX, 16), hashed));
  return v128.xor(mixed, i32x4.shr_u(mixed, 16));
}

// @ts-ignore: decorator
@inline
function stateWords(pool: v128, hash: usize): v128 {
  const product = i32x4.mul(v128.xor(pool, v128.load(hash)), v128.load(hash, 16));
  return v128.xor(product, i32x4.shr_u(product, 16));
}

/** Starts the stream of the pool's seed and a key of three words. */
export function seek(stream: u32, block: u32, purpose: u32): void {
  const keyed = mixWord(mixWord(v128.load(SEED_POOL), stream, KEY_HASH), block, KEY_HASH + 32);
  const pool = mixWord(keyed, purpose, KEY_HASH + 64);
  const first = stateWords(pool, STATE_HASH);
  const second = stateWords(pool, STATE_HASH + 32);
  start(
    i64x2.extract_lane(first, 0),
    i64x2.extract_lane(first, 1),
    i64x2.extract_lane(second, 0),
    i64x2.extract_lane(second, 1),
  );
}
