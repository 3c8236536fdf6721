// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64), as NumPy's. core/src/random is the definition.
import {
  carried,
  carriedOne,
  HALVES,
  HIGH,
  LOW,
  MULTIPLIER_HIGH,
  MULTIPLIER_LOW,
  permuted,
} from "../../core/assembly/pcg64-steps";
import { BEHIND, LOWS } from "./layout";
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

/** Words that are drawn one after the other: the loop for many begins with states for four pairs. */
export const FEW: i32 = 16;

/** Words by which low halves are ahead: a vector of two that were just stored one by one would wait until they are in the cache. */
const AHEAD: usize = 8;

/** A stream: 128 bits of state and of increment, high halves first. */
@unmanaged
export class Pcg64 {
  high: u64;
  low: u64;
  incrementHigh: u64;
  incrementLow: u64;
}

/**
 * Writes the stream's next `n` words, rounded up to an even number, from `at` on; what lies LOWS bytes further is lost where they are
 * more than FEW.
 */
export function words(stream: Pcg64, at: usize, n: i32): void {
  if (n <= FEW) drawFew(stream, at, n);
  else draw(stream, at, n, false, 1);
}

/**
 * Writes the tails of the stream's next `n` words, rounded up to an even number, from `at` on; `n` is larger than FEW, and the
 * BEHIND bytes before `at` are written too. Words are whole numbers, tails are not, and the processor does both at once.
 */
export function tails(stream: Pcg64, at: usize, n: i32, survival: f64): void {
  draw(stream, at, n, true, survival);
  const rest = <i32>(BEHIND >> 3) - (n & 1);
  tailsOfWords(at + (<usize>(n - rest) << 3), rest, survival);
}

function drawFew(stream: Pcg64, at: usize, n: i32): void {
  let high = stream.high;
  let low = stream.low;
  const increment = stream.incrementLow;
  const plus = stream.incrementHigh;
  const end = at + (<usize>((n + 1) & ~1) << 3);
  for (; at < end; at += 8) {
    high = high * load<u64>(LOW) + (carriedOne(low, increment) + low * load<u64>(HIGH) + plus);
    low = low * load<u64>(LOW) + increment;
    store<u64>(at, permuted(high, low));
  }
  stream.high = high;
  stream.low = low;
}

/**
 * Words, and where asked for the tails of those drawn four pairs before. Low halves need no high ones; they run ahead, and go to vectors
 * through memory, as the carries come back: that takes fewer instructions than lanes do, and as many as there are is what it costs.
 */
// @ts-ignore: decorator
@inline
function draw(stream: Pcg64, at: usize, n: i32, toTailsToo: bool, survival: f64): void {
  let high = stream.high;
  let low = stream.low;
  const increment = stream.incrementLow;
  const most = i64x2.splat((increment >> 32) + 0xffffffff);
  const plus = i64x2.splat(stream.incrementHigh);
  const end = at + (<usize>n << 3);
  const m0 = v128.load(HALVES);
  const m1 = v128.load(HALVES, 16);
  const m = load<u64>(LOW);
  const share = f64x2.splat(survival);
  const uniformHigh = v128.load(UNIFORM_HIGH);
  const uniformLow = v128.load(UNIFORM_LOW);
  const from = v128.load(FROM);
  const smallest = v128.load(SMALLEST);
  const one = v128.load(ONE);
  const upper = v128.load(UPPER);
  store<u64>(at, low, LOWS);
  for (let ahead: usize = 8; ahead <= 8 * AHEAD; ahead += 8) {
    low = low * m + increment;
    store<u64>(at + ahead, low, LOWS);
  }
  for (; at < end; at += 16) {
    low = low * m + increment;
    store<u64>(at, low, LOWS + 8 * AHEAD + 8);
    low = low * m + increment;
    store<u64>(at, low, LOWS + 8 * AHEAD + 16);
    v128.store(at, i64x2.add(carried(v128.load(at, LOWS), v128.load(at, LOWS + 8), most, m0, m1), plus));
    // The multiplier's high half is read anew: it would be one number too many for the registers.
    high = high * m + (load<u64>(at) + load<u64>(at, LOWS) * load<u64>(HIGH));
    const second = high * m + (load<u64>(at, 8) + load<u64>(at, LOWS + 8) * load<u64>(HIGH));
    store<u64>(at, permuted(high, load<u64>(at, LOWS + 8)));
    store<u64>(at, permuted(second, load<u64>(at, LOWS + 16)), 8);
    high = second;
    if (toTailsToo) toTails(at - BEHIND, share, uniformHigh, uniformLow, from, smallest, one, upper);
  }
  stream.high = high;
  stream.low = load<u64>(at, LOWS);
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
