/**
 * How uniforms become amounts, in plain code: what vectorized and wasm compute an array at a time, operation for
 * operation and so bit for bit. Tables are checked with it when they are built. docs/numerics.md tells why it is so.
 */

const HALF = 0.5;
const UPPER = 2 ** -64;
const TWO_52 = 0x10000000000000;
/** Adding and subtracting it rounds a number below 2^51 to the nearest whole one, ties to even. */
export const ROUNDER = 1.5 * TWO_52;

/**
 * The smaller tail of a uniform, exactly, and which tail it is: u where u <= ½, (1 − u) · 2^-64 above. Both have all the
 * digits that u has, and their exponents, 2^-63 to 2^-1 and 2^-127 to 2^-65, tell them apart.
 */
export function tailOf(u: number): number {
  return u > HALF ? (1 - u) * UPPER : u;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The row of a look-up table that a tail belongs to: the low seven bits of its exponent, then the first five of its mantissa. */
export function rowOf(tail: number): number {
  double[0] = tail;
  return (words[1] >>> 15) & 0xfff;
}

/**
 * The value of a look-up table at a tail: a polynomial of degree 5 in the distance from the middle of the row, which the
 * row's last double is. `at` is where the row begins.
 */
export function lookUp(table: Float64Array, at: number, tail: number): number {
  const d = tail - table[at + 7];
  const d2 = d * d;
  const a = table[at + 5] * d + table[at + 4];
  const b = table[at + 3] * d + table[at + 2];
  const c = table[at + 1] * d + table[at];
  return (a * d2 + b) * d2 + c;
}

/** The value of a curve at a position in cells: a polynomial of degree 7 in the distance from the nearest whole number. */
export function curveAt(table: Float64Array, start: number, position: number): number {
  const k = position + ROUNDER - ROUNDER;
  const d = position - k;
  const at = start + k * 8;
  const d2 = d * d;
  const d4 = d2 * d2;
  const e = table[at + 7] * d + table[at + 6];
  const a = table[at + 5] * d + table[at + 4];
  const b = table[at + 3] * d + table[at + 2];
  const c = table[at + 1] * d + table[at];
  return (e * d2 + a) * d4 + (b * d2 + c);
}

/**
 * 2^f = 1 + f · (…) for |f| <= ½: interpolated at the nine Chebyshev nodes, computed with 40 digits; relative error 3.7e-14.
 */
export const EXP2 = Float64Array.of(
  1,
  0.6931471805599453,
  0.2402265069581299,
  0.055504108664760424,
  0.009618129159402558,
  0.0013333558179043112,
  0.00015403455852453838,
  1.525268684626772e-5,
  1.3255224878668817e-6,
  1.0203121063391729e-7,
);

/** 2^k for −1022 <= k <= 1023, at k + 1023. */
export const POWERS = Float64Array.from({ length: 2047 }, (_, i) => {
  words[0] = 0;
  words[1] = i << 20;
  return double[0];
});

/** The largest |log2 x| of a curve or line: 2^t and its rounding stay within normal doubles. */
export const MOST_LOG2 = 1000;

/** 2^t for |t| <= MOST_LOG2. */
export function exp2(t: number): number {
  const k = t + ROUNDER - ROUNDER;
  const f = t - k;
  const f2 = f * f;
  const f4 = f2 * f2;
  const a0 = f * EXP2[1] + EXP2[0];
  const a1 = f * EXP2[3] + EXP2[2];
  const a2 = f * EXP2[5] + EXP2[4];
  const a3 = f * EXP2[7] + EXP2[6];
  const a4 = f * EXP2[9] + EXP2[8];
  const low = a1 * f2 + a0;
  const middle = a3 * f2 + a2;
  return ((a4 * f4 + middle) * f4 + low) * POWERS[k + 1023];
}
