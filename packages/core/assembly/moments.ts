// Two passes over a block's losses, two values at a time: ../src/summary/sums.ts is the same, operation for operation.
// AssemblyScript; see build.ts. JavaScript takes three times as long, because it has no two values at a time.
//
// Memory: byte 0, what was found (FOUND there); byte 64, the values.
const VALUES: usize = 64;

/** Writes the least, the largest and the sum of `count` values. */
export function range(count: i32): void {
  const even = VALUES + ((<usize>(count & ~3)) << 3);
  const end = VALUES + ((<usize>count) << 3);
  let least = f64x2.splat(Infinity);
  let otherLeast = least;
  let largest = f64x2.splat(-Infinity);
  let otherLargest = largest;
  let sum = f64x2.splat(0);
  let other = f64x2.splat(0);
  let at = VALUES;
  for (; at < even; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    sum = f64x2.add(sum, a);
    other = f64x2.add(other, b);
    least = f64x2.pmin(least, a);
    otherLeast = f64x2.pmin(otherLeast, b);
    largest = f64x2.pmax(largest, a);
    otherLargest = f64x2.pmax(otherLargest, b);
  }
  for (; at < end; at += 8) {
    const one = v128.load64_zero(at);
    const both = v128.load64_splat(at);
    sum = f64x2.add(sum, one);
    least = f64x2.pmin(least, both);
    largest = f64x2.pmax(largest, both);
  }
  sum = f64x2.add(sum, other);
  least = f64x2.pmin(least, otherLeast);
  largest = f64x2.pmax(largest, otherLargest);
  store<f64>(0, f64x2.extract_lane(f64x2.pmin(least, v128.shuffle<f64>(least, least, 1, 0)), 0));
  store<f64>(8, f64x2.extract_lane(f64x2.pmax(largest, v128.shuffle<f64>(largest, largest, 1, 0)), 0));
  store<f64>(16, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** Writes the sums of the first four powers of value − pivot. */
export function powers(count: i32, pivot: f64): void {
  const even = VALUES + ((<usize>(count & ~1)) << 3);
  const from = f64x2.splat(pivot);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0);
  for (let at = VALUES; at < even; at += 16) {
    const d = f64x2.sub(v128.load(at), from);
    const square = f64x2.mul(d, d);
    s1 = f64x2.add(s1, d);
    s2 = f64x2.add(s2, square);
    s3 = f64x2.add(s3, f64x2.mul(square, d));
    s4 = f64x2.add(s4, f64x2.mul(square, square));
  }
  if (count & 1) {
    const d = f64x2.replace_lane(f64x2.splat(0), 0, load<f64>(even) - pivot);
    const square = f64x2.mul(d, d);
    s1 = f64x2.add(s1, d);
    s2 = f64x2.add(s2, square);
    s3 = f64x2.add(s3, f64x2.mul(square, d));
    s4 = f64x2.add(s4, f64x2.mul(square, square));
  }
  store<f64>(24, f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1));
  store<f64>(32, f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1));
  store<f64>(40, f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1));
  store<f64>(48, f64x2.extract_lane(s4, 0) + f64x2.extract_lane(s4, 1));
}
