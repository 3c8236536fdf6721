// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64), started by NumPy's SeedSequence and read as NumPy's. core/src/random is the definition.
import { KEY_HASH, KEYED_POOL, pair, region, SEED_POOL, STATE_HASH } from "./layout";

const MULTIPLIER_LOW: u64 = 0x4385df649fccf645;
const MULTIPLIER_HIGH: u64 = 0x2360ed051fc65da4;

// Each 32-bit half of the multiplier in every lane, and a mask: what `products` multiplies by.
const M0: u32 = 0x9fccf645;
const M1: u32 = 0x4385df64;
const HALVES = memory.data<u32>([
  M0, M0, M0, M0,
  M1, M1, M1, M1,
  0xffffffff, 0, 0xffffffff, 0,
]);
/** A literal of 64 bits is an instruction of its own in every round; this is an operand. */
const LOW = memory.data<u64>([MULTIPLIER_LOW]);
const HIGH = memory.data<u64>([MULTIPLIER_HIGH]);

/** A stream: 128 bits of state and of increment, high halves first. */
@unmanaged
export class Stream {
  high: u64;
  low: u64;
  incrementHigh: u64;
  incrementLow: u64;
}

/**
 * For two states' low halves: the upper 64 bits of low · MULTIPLIER_LOW + the increment's low half. Two lanes, because
 * seven scalar multiplications a draw were the limit: 3.3 ns a draw.
 */
// @ts-ignore: decorator
@inline
function carried(low: v128, inc0: v128, inc1: v128): v128 {
  const l0 = v128.shuffle<i32>(low, low, 0, 2, 0, 2);
  const l1 = v128.shuffle<i32>(low, low, 1, 3, 1, 3);
  const m0 = pair(HALVES, 0);
  const m1 = pair(HALVES, 1);
  const p = i64x2.add(i64x2.extmul_low_i32x4_u(l0, m0), inc0);
  // Never above 64 bits: (2^32 − 1)² + 2 (2^32 − 1) = 2^64 − 1.
  const cross = i64x2.add(i64x2.add(i64x2.extmul_low_i32x4_u(l1, m0), i64x2.shr_u(p, 32)), inc1);
  const middle = i64x2.add(i64x2.extmul_low_i32x4_u(l0, m1), v128.and(cross, pair(HALVES, 2)));
  const high = i64x2.add(i64x2.extmul_low_i32x4_u(l1, m1), i64x2.shr_u(cross, 32));
  return i64x2.add(high, i64x2.shr_u(middle, 32));
}

/** Writes the stream's next `n` words, rounded up to an even number, from `at` on. */
export function words(stream: Stream, at: usize, n: i32): void {
  let high = stream.high;
  let low = stream.low;
  const increment = stream.incrementLow;
  const inc0 = i64x2.splat(increment & 0xffffffff);
  const inc1 = i64x2.splat(increment >> 32);
  const incrementHigh = stream.incrementHigh;
  const end = at + (<usize>n << 3);
  for (; at < end; at += 16) {
    const first = low;
    const second = first * load<u64>(LOW) + increment;
    low = second * load<u64>(LOW) + increment;
    const carries = carried(i64x2.replace_lane(i64x2.splat(first), 1, second), inc0, inc1);
    high = high * load<u64>(LOW) + (i64x2.extract_lane(carries, 0) + first * load<u64>(HIGH) + incrementHigh);
    store<u64>(at, rotr<u64>(high ^ second, high >> 58));
    high = high * load<u64>(LOW) + (i64x2.extract_lane(carries, 1) + second * load<u64>(HIGH) + incrementHigh);
    store<u64>(at, rotr<u64>(high ^ low, high >> 58), 8);
  }
  stream.high = high;
  stream.low = low;
}

/** The upper 64 bits of a · b. */
function productHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const cross = a1 * b0 + ((a0 * b0) >> 32);
  const middle = a0 * b1 + (cross & 0xffffffff);
  return a1 * b1 + (cross >> 32) + (middle >> 32);
}

/** Puts the stream `steps` words further, in a logarithm of steps (Brown 1994, "Random number generation with arbitrary strides"). */
export function advance(stream: Stream, steps: u64): void {
  let multiplierHigh = MULTIPLIER_HIGH;
  let multiplierLow = MULTIPLIER_LOW;
  let plusHigh = stream.incrementHigh;
  let plusLow = stream.incrementLow;
  for (; steps > 0; steps >>= 1) {
    if (steps & 1) {
      const low = stream.low * multiplierLow + plusLow;
      stream.high =
        productHigh(stream.low, multiplierLow) +
        stream.low * multiplierHigh +
        stream.high * multiplierLow +
        plusHigh +
        u64(low < plusLow);
      stream.low = low;
    }
    // Twice x → m x + p is x → m² x + (m + 1) p.
    const oneMore = multiplierLow + 1;
    const oneMoreHigh = multiplierHigh + u64(oneMore == 0);
    plusHigh = productHigh(oneMore, plusLow) + oneMore * plusHigh + oneMoreHigh * plusLow;
    plusLow = oneMore * plusLow;
    multiplierHigh = productHigh(multiplierLow, multiplierLow) + 2 * multiplierLow * multiplierHigh;
    multiplierLow = multiplierLow * multiplierLow;
  }
}

/** Starts the stream from SeedSequence's eight words: start (high half first), then increment (high half first). */
function start(stream: Stream, startHigh: u64, startLow: u64, seedHigh: u64, seedLow: u64): void {
  stream.incrementHigh = (seedHigh << 1) | (seedLow >> 63);
  stream.incrementLow = (seedLow << 1) | 1;
  // The first step, from state 0, leaves the increment itself.
  stream.low = stream.incrementLow + startLow;
  stream.high = stream.incrementHigh + startHigh + u64(stream.low < startLow);
  advance(stream, 1);
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
]);
/** Takes the pool of a seed, four words, and the hash constant that comes after it. */
export function setSeed(w0: u32, w1: u32, w2: u32, w3: u32, constant: u32): void {
  const pool = region + SEED_POOL;
  store<u32>(pool, w0);
  store<u32>(pool, w1, 4);
  store<u32>(pool, w2, 8);
  store<u32>(pool, w3, 12);
  for (let i: usize = 0; i < 12; i++) {
    const at = region + KEY_HASH + (i >> 2) * 32 + (i & 3) * 4;
    store<u32>(at, constant);
    constant *= MULT_A;
    store<u32>(at, constant, 16);
  }
  let next: u32 = INIT_B;
  for (let i: usize = 0; i < 8; i++) {
    const at = region + STATE_HASH + (i >> 2) * 32 + (i & 3) * 4;
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
  const mixed = i32x4.sub(i32x4.mul(pair(MIX, 0), pool), i32x4.mul(pair(MIX, 1), hashed));
  return v128.xor(mixed, i32x4.shr_u(mixed, 16));
}

// @ts-ignore: decorator
@inline
function stateWords(pool: v128, hash: usize): v128 {
  const product = i32x4.mul(v128.xor(pool, v128.load(hash)), v128.load(hash, 16));
  return v128.xor(product, i32x4.shr_u(product, 16));
}

/** Mixes the words of a key that both its purposes share. */
export function seekKey(stream: u32, block: u32): void {
  const seeded = v128.load(region + SEED_POOL);
  v128.store(region + KEYED_POOL, mixWord(mixWord(seeded, stream, region + KEY_HASH), block, region + KEY_HASH + 32));
}

/** Puts the stream at the start of purpose `purpose` (0 counts and places, 1 severities) of the key last sought. */
export function seekPurpose(stream: Stream, purpose: u32): void {
  const pool = mixWord(v128.load(region + KEYED_POOL), purpose, region + KEY_HASH + 64);
  const first = stateWords(pool, region + STATE_HASH);
  const second = stateWords(pool, region + STATE_HASH + 32);
  start(
    stream,
    i64x2.extract_lane(first, 0),
    i64x2.extract_lane(first, 1),
    i64x2.extract_lane(second, 0),
    i64x2.extract_lane(second, 1),
  );
}
