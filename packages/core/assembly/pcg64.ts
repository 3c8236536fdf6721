// PCG64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation", XSL-RR 128/64), seeded and read as NumPy's. AssemblyScript; see build.ts. JavaScript has no fast 64-bit
// multiplication, which is why this exists: ../src/random/pcg64.ts is the same generator without it.
//
// Memory: byte 0, eight 32-bit words of SeedSequence.generate_state, low word first; byte 64, what was drawn.
const DRAWN: usize = 64;

const MULTIPLIER_HIGH: u64 = 0x2360ed051fc65da4;
const MULTIPLIER_LOW: u64 = 0x4385df649fccf645;
const M0: u64 = MULTIPLIER_LOW & 0xffffffff;
const M1: u64 = MULTIPLIER_LOW >> 32;

let stateHigh: u64 = 0;
let stateLow: u64 = 0;
let incrementHigh: u64 = 0;
let incrementLow: u64 = 0;

/** The upper 64 bits of low × MULTIPLIER_LOW, from four 32-bit products. */
function carriedProduct(low: u64): u64 {
  const l0 = low & 0xffffffff;
  const l1 = low >> 32;
  const cross = l1 * M0 + ((l0 * M0) >> 32);
  const middle = l0 * M1 + (cross & 0xffffffff);
  return l1 * M1 + (cross >> 32) + (middle >> 32);
}

/** The low half of state × multiplier + increment, modulo 2^128. */
function nextLow(low: u64): u64 {
  return low * MULTIPLIER_LOW + incrementLow;
}

/** The high half of the same; `next` is its low half. */
function nextHigh(high: u64, low: u64, next: u64): u64 {
  const carry = u64(next < incrementLow);
  // Added in this order, what must wait for the last draw's high half is one multiplication and one addition.
  const fromLow = carriedProduct(low) + low * MULTIPLIER_HIGH + incrementHigh + carry;
  return high * MULTIPLIER_LOW + fromLow;
}

/** Starts the generator from the eight words: start (high half first), then stream (high half first). */
export function seed(): void {
  const startLow = load<u64>(8);
  const streamLow = load<u64>(24);
  incrementHigh = (load<u64>(16) << 1) | (streamLow >> 63);
  incrementLow = (streamLow << 1) | 1;
  // The first step, from state 0, leaves the increment itself.
  const low = incrementLow + startLow;
  const high = incrementHigh + load<u64>(0) + u64(low < startLow);
  stateLow = nextLow(low);
  stateHigh = nextHigh(high, low, stateLow);
}

/** Writes the next `count` uniforms from byte 64 on: the top 53 bits; 0 is read as 2^-54. */
export function fill(count: i32): void {
  // Locals: a global is a memory access in every round of the loop.
  let high = stateHigh;
  let low = stateLow;
  const end = DRAWN + ((<usize>count) << 3);
  for (let at = DRAWN; at < end; at += 8) {
    const next = nextLow(low);
    high = nextHigh(high, low, next);
    low = next;
    const word = rotr<u64>(high ^ low, high >> 58);
    const top = word >> 11;
    // top × 2^-53, and 2^-54 where it is 0; without a branch, which costs a tenth of the whole.
    store<f64>(at, <f64>(<i64>((top << 1) | u64(top == 0))) * 2 ** -54);
  }
  stateHigh = high;
  stateLow = low;
}

/** Writes the trials of the next `words` words from byte 64 on, as 16-bit numbers: five of 12 bits a word, low bits first. */
export function fillTrials(words: i32): void {
  let high = stateHigh;
  let low = stateLow;
  const end = DRAWN + <usize>words * 10;
  for (let at = DRAWN; at < end; at += 10) {
    const next = nextLow(low);
    high = nextHigh(high, low, next);
    low = next;
    const word = rotr<u64>(high ^ low, high >> 58);
    store<u16>(at, <u16>(word & 0xfff));
    store<u16>(at, <u16>((word >> 12) & 0xfff), 2);
    store<u16>(at, <u16>((word >> 24) & 0xfff), 4);
    store<u16>(at, <u16>((word >> 36) & 0xfff), 6);
    store<u16>(at, <u16>((word >> 48) & 0xfff), 8);
  }
  stateHigh = high;
  stateLow = low;
}
