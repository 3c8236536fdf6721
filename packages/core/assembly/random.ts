// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64) and SFC64, started by NumPy's SeedSequence and read as NumPy's. AssemblyScript; see build.ts.
// JavaScript has no fast 64-bit arithmetic, which is why this exists: ../src/random/pcg64.ts and sfc64.ts are the same
// generators without it, and ../src/random/seed-sequence.ts the same seeding.
//
// Memory: byte 0, eight 32-bit words of SeedSequence.generate_state, low word first; byte 64, what was drawn; constants
// behind that (build.ts).
import {
  carried,
  carriedOne,
  HALVES,
  HIGH,
  KEY_HASH_BYTES,
  LOW,
  mixWord,
  MULTIPLIER_HIGH,
  MULTIPLIER_LOW,
  permuted,
  STATE_HASH_BYTES,
  stateWords,
  writeHashes,
} from "./pcg64-steps";
import { Sfc64, start as startSfc64, words as sfc64Words } from "./sfc64";

const DRAWN: usize = 64;

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

/** SFC64 instead of PCG64. */
let isSfc64: bool = false;
const SFC64: Sfc64 = changetype<Sfc64>(memory.data(32, 16));

export function useSfc64(): void {
  isSfc64 = true;
}

// The state of PCG64.
let stateHigh: u64 = 0;
let stateLow: u64 = 0;
let incrementHigh: u64 = 0;
let incrementLow: u64 = 0;

/** Writes the next `count` words from `at` on. */
function words(at: usize, count: i32): void {
  if (isSfc64) sfc64Words(SFC64, at, count);
  else pcg64Words(at, count);
}

function pcg64Words(at: usize, count: i32): void {
  // Locals: a global is a memory access in every round of the loop.
  let high = stateHigh;
  let low = stateLow;
  const plusHigh = incrementHigh;
  const plusLow = incrementLow;
  const most = i64x2.splat((plusLow >> 32) + 0xffffffff);
  const plus = i64x2.splat(plusHigh);
  const m0 = v128.load(HALVES);
  const m1 = v128.load(HALVES, 16);
  const m = load<u64>(LOW);
  const mh = load<u64>(HIGH);
  const end = at + (<usize>(count & ~1) << 3);
  for (; at < end; at += 16) {
    const first = low;
    const second = first * m + plusLow;
    const third = second * m + plusLow;
    const lows = i64x2.replace_lane(i64x2.splat(first), 1, second);
    const next = v128.shuffle<i64>(lows, i64x2.splat(third), 1, 2);
    const carries = i64x2.add(carried(lows, next, most, m0, m1), plus);
    // Added in this order, what must wait for the last draw's high half is one multiplication and one addition.
    high = high * m + (reinterpret<i64>(f64x2.extract_lane(carries, 0)) + first * mh);
    low = second;
    store<u64>(at, permuted(high, low));
    high = high * m + (i64x2.extract_lane(carries, 1) + second * mh);
    low = third;
    store<u64>(at, permuted(high, low), 8);
  }
  if (count & 1) {
    high = high * MULTIPLIER_LOW + (carriedOne(low, plusLow) + low * MULTIPLIER_HIGH + plusHigh);
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

/** Starts the generator from four words of SeedSequence's, of which SFC64 takes three. */
function start(first: u64, second: u64, third: u64, fourth: u64): void {
  if (isSfc64) startSfc64(SFC64, first, second, third);
  else startPcg64(first, second, third, fourth);
}

/** Start and stream, 128 bits each, high halves first. */
function startPcg64(startHigh: u64, startLow: u64, streamHigh: u64, streamLow: u64): void {
  incrementHigh = (streamHigh << 1) | (streamLow >> 63);
  incrementLow = (streamLow << 1) | 1;
  // The first step, from state 0, leaves the increment itself; this is the second.
  const low = incrementLow + startLow;
  const high = incrementHigh + startHigh + u64(low < startLow);
  stateLow = low * MULTIPLIER_LOW + incrementLow;
  stateHigh = high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH + incrementHigh + carriedOne(low, incrementLow);
}

/** Starts the generator from the eight words. */
export function seed(): void {
  start(load<u64>(0), load<u64>(8), load<u64>(16), load<u64>(24));
}

// Of SeedSequence: what follows the seed.
const KEY_HASH: usize = memory.data(KEY_HASH_BYTES, 16);
const STATE_HASH: usize = memory.data(STATE_HASH_BYTES, 16);
const SEED_POOL: usize = memory.data(16, 16);

/** Takes the pool of a seed, the first four of the eight words, and the hash constant that comes after it. */
export function setPool(constant: u32): void {
  v128.store(SEED_POOL, v128.load(0));
  writeHashes(KEY_HASH, STATE_HASH, constant);
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
