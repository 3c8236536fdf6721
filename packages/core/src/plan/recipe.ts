/**
 * How uniforms become amounts, in plain code: what vectorized and wasm compute an array at a time, operation for
 * operation and so bit for bit. Tables are checked with it when they are built. docs/numerics.md tells why it is so.
 */

import { exp, LN2_HIGH, LN2_LOW } from "../math/exp.ts";
import { powerOfTwo } from "../math/exponent.ts";
import { QUANTILE_ROWS, ROW } from "./compiled-plan.ts";

const LN2 = LN2_HIGH + LN2_LOW;
const HALF = 0.5;
const UPPER = powerOfTwo(-64);
/** The exponent field of the smallest doubles whose seven low bits of it are 0: 2^-127, below all tails. */
const FIRST_EXPONENT = 896;
const TWO_52 = 0x10000000000000;

// What a module exports is a cell that the engine reads at every use: two thirds of the time of `exp2`. So functions here
// use constants of their own, and others get them under their names.
const rounder = 1.5 * TWO_52;
const rootRounder = rounder / 512;
/** Adding and subtracting it rounds a number below 2^51 to the nearest whole one, ties to even. */
export const ROUNDER = rounder;
/** The same to the nearest 512th, as ROOTS go. */
export const ROOT_ROUNDER = rootRounder;

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

/** The row of a quantile table that a tail belongs to: the low seven bits of its exponent, then the first three of its mantissa. */
export function quantileRowOf(tail: number): number {
  double[0] = tail;
  return (words[1] >>> 17) & 0x3ff;
}

/** The middles of the rows of quantile tables: 8 an octave. */
export const QUANTILE_MIDDLES = Float64Array.from({ length: QUANTILE_ROWS }, (_, row) => {
  words[0] = 0;
  words[1] = (FIRST_EXPONENT << 20) | (row << 17) | (1 << 16);
  return double[0];
});

/** The value of the quantile table that begins at `start` at a tail: a polynomial of degree 7 in the distance from the middle of its row. */
export function quantileAt(table: Float64Array, start: number, tail: number): number {
  const row = quantileRowOf(tail);
  return polynomialAt(table, start + row * ROW, tail - QUANTILE_MIDDLES[row]);
}

/** The cell of a position, from 0 on: the nearest whole number, ties to even. */
export function cellOf(position: number): number {
  return (position + rounder - rounder) | 0;
}

/** The value of a curve at a position in cells: a polynomial of degree 7 in the distance from the middle of the cell. */
export function curveAt(table: Float64Array, start: number, position: number, cell = cellOf(position)): number {
  return polynomialAt(table, start + cell * ROW, position - cell);
}

/** The polynomial of degree 7 whose coefficients begin at `at`. */
function polynomialAt(table: Float64Array, at: number, d: number): number {
  const d2 = d * d;
  const d4 = d2 * d2;
  const e = table[at + 7] * d + table[at + 6];
  const a = table[at + 5] * d + table[at + 4];
  const b = table[at + 3] * d + table[at + 2];
  const c = table[at + 1] * d + table[at];
  return (e * d2 + a) * d4 + (b * d2 + c);
}

const coefficients = [LN2, 0.2402265138385228, 0.05550410961851198] as const;
const [first, second, third] = coefficients;
const roots = Float64Array.from({ length: 512 }, (_, j) => exp((j / 512) * LN2));
const powers = Float64Array.from({ length: 2047 }, (_, i) => (i === 0 ? 0 : powerOfTwo(i - 1023)));

/** 2^f = 1 + f · (…) for |f| <= 1/1024: interpolated at three Chebyshev nodes, computed with 50 digits; relative error 2.2e-15. */
export const EXP2 = Float64Array.from(coefficients);
/** 2^(j/512). */
export const ROOTS = roots;
/** 2^k for −1022 <= k <= 1023, at k + 1023. */
export const POWERS = powers;

/** The largest |log2 x| of a curve or line: 2^t and its rounding stay within normal doubles. */
export const MOST_LOG2 = 1000;
/** The largest |log2| of a scale that a law's curve is shifted by. */
export const MOST_SHIFT = 100;

/** 2^t for |t| <= MOST_LOG2: 2^whole · 2^(j/512) · 2^f. */
export function exp2(t: number): number {
  const rounded = t + rootRounder - rootRounder;
  const f = t - rounded;
  const k = (rounded * 512) | 0;
  const root = roots[k & 511] * powers[(k >> 9) + 1023];
  const q = (third * f + second) * f + first;
  return root * (q * f) + root;
}
