// One pass over a block's losses: counts them in buckets, and picks those above a threshold. ../src/summary/tally.ts is
// the same in plain code. AssemblyScript; see build.ts. JavaScript takes three times as long, most of it for the bounds of
// arrays and for comparisons one at a time.
//
// Memory: byte 64, the values; byte 32,832, those above the threshold; byte 65,600, by exponent, whether there are any of
// it; byte 131,072, the counts: of each bucket one of values in even places and one of those in odd ones.
const VALUES: usize = 64;
const ABOVE: usize = 32_832;
const SEEN: usize = 65_600;
const COUNTS: usize = 131_072;

/** Counts the value whose upper word it is: exponent and leading 10 bits of the mantissa, times the 8 bytes of a bucket. */
// @ts-ignore: decorator
@inline
function count(word: u32, at: usize): void {
  const bucket = at + ((word >> 7) & 0xfffff8);
  store<u32>(bucket, load<u32>(bucket) + 1);
  store<u8>(SEEN + ((word >> 20) & 2047), 1);
}

/** Counts `count` values and returns how many of them exceed the threshold. */
export function add(length: i32, threshold: f64): i32 {
  const even = VALUES + ((<usize>(length & ~3)) << 3);
  const end = VALUES + ((<usize>length) << 3);
  const least = f64x2.splat(threshold);
  let above = ABOVE;
  let at = VALUES;
  for (; at < even; at += 32) {
    count(load<u32>(at, 4), COUNTS);
    count(load<u32>(at, 12), COUNTS + 4);
    count(load<u32>(at, 20), COUNTS);
    count(load<u32>(at, 28), COUNTS + 4);
    const a = f64x2.gt(v128.load(at), least);
    const b = f64x2.gt(v128.load(at, 16), least);
    // Few are, once a run is long.
    if (v128.any_true(v128.or(a, b))) {
      for (let i: usize = 0; i < 32; i += 8) above = pick(at + i, threshold, above);
    }
  }
  for (; at < end; at += 8) {
    count(load<u32>(at, 4), COUNTS + ((at >> 1) & 4));
    above = pick(at, threshold, above);
  }
  return <i32>((above - ABOVE) >> 3);
}

/** Written down whatever it is, and counted if it is above: which way a value goes cannot be foreseen. */
// @ts-ignore: decorator
@inline
function pick(at: usize, threshold: f64, above: usize): usize {
  const value = load<f64>(at);
  store<f64>(above, value);
  return above + (usize(value > threshold) << 3);
}
