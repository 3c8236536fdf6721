// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64), as NumPy's. core/src/random is the definition.
import { carried, HALVES, HIGH, LOW, MULTIPLIER_HIGH, MULTIPLIER_LOW, permuted } from "../../core/assembly/pcg64-steps";
import { BEHIND } from "./layout";
import {
  FROM,
  HIGH as UNIFORM_HIGH,
  LOW as UNIFORM_LOW,
  ONE,
  SMALLEST,
  tails as tailsOfWords,
  toTails,
  UPPER,
} from "./tails";

/** A stream: 128 bits of state and of increment, high halves first. */
@unmanaged
export class Pcg64 {
  high: u64;
  low: u64;
  incrementHigh: u64;
  incrementLow: u64;
}

/** Writes the stream's next `n` words, rounded up to an even number, from `at` on. */
export function words(stream: Pcg64, at: usize, n: i32): void {
  draw(stream, at, n, false, 1);
}

/**
 * Writes the tails of the stream's next `n` words, rounded up to an even number, from `at` on; `n` is larger than BEHIND / 8, and the
 * BEHIND bytes before `at` are written too. Words are whole numbers, tails are not, and the processor does both at once.
 */
export function tails(stream: Pcg64, at: usize, n: i32, survival: f64): void {
  draw(stream, at, n, true, survival);
  const rest = <i32>(BEHIND >> 3) - (n & 1);
  tailsOfWords(at + (<usize>(n - rest) << 3), rest, survival);
}

/**
 * Words, and where asked for the tails of those drawn four pairs before: a vector of two that were just stored one by one would
 * have to wait until they are in the cache.
 */
// @ts-ignore: decorator
@inline
function draw(stream: Pcg64, at: usize, n: i32, toTailsToo: bool, survival: f64): void {
  let high = stream.high;
  let low = stream.low;
  const increment = stream.incrementLow;
  const inc0 = i64x2.splat(increment & 0xffffffff);
  const inc1 = i64x2.splat(increment >> 32);
  const plus = i64x2.splat(stream.incrementHigh);
  const end = at + (<usize>n << 3);
  const m0 = v128.load(HALVES);
  const m1 = v128.load(HALVES, 16);
  const m = load<u64>(LOW);
  const mh = load<u64>(HIGH);
  const share = f64x2.splat(survival);
  const uniformHigh = v128.load(UNIFORM_HIGH);
  const uniformLow = v128.load(UNIFORM_LOW);
  const from = v128.load(FROM);
  const smallest = v128.load(SMALLEST);
  const one = v128.load(ONE);
  const upper = v128.load(UPPER);
  for (; at < end; at += 16) {
    const first = low;
    const second = first * m + increment;
    low = second * m + increment;
    const carries = i64x2.add(carried(i64x2.replace_lane(i64x2.splat(first), 1, second), inc0, inc1, m0, m1), plus);
    // As a double it is taken out by one instruction, not two.
    high = high * m + (reinterpret<i64>(f64x2.extract_lane(carries, 0)) + first * mh);
    store<u64>(at, permuted(high, second));
    high = high * m + (i64x2.extract_lane(carries, 1) + second * mh);
    store<u64>(at, permuted(high, low), 8);
    if (toTailsToo) toTails(at - BEHIND, share, uniformHigh, uniformLow, from, smallest, one, upper);
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
export function advance(stream: Pcg64, steps: u64): void {
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
export function start(stream: Pcg64, startHigh: u64, startLow: u64, seedHigh: u64, seedLow: u64): void {
  stream.incrementHigh = (seedHigh << 1) | (seedLow >> 63);
  stream.incrementLow = (seedLow << 1) | 1;
  // The first step, from state 0, leaves the increment itself.
  stream.low = stream.incrementLow + startLow;
  stream.high = stream.incrementHigh + startHigh + u64(stream.low < startLow);
  advance(stream, 1);
}
