import { powerOfTwo } from "../../math/exponent.ts";
import { normalDensity, normalQuantile } from "../../math/normal.ts";
import { LOOKUP_ROWS, ROW } from "../compiled-plan.ts";
import { rowOf } from "../recipe.ts";

const ROWS_PER_OCTAVE = 32;
/** Tails go down to 2^-54 for a line that is not thinned, to 2^-63 for one that is (`LEAST_SURVIVAL`). */
const LOWEST_OCTAVE = -63;
const UPPER = powerOfTwo(-64);

const MIDDLE = 7;

/** What `normalTable` is, in plain code. */
export function plainNormalTable(): Float64Array {
  const made = new Float64Array(LOOKUP_ROWS * ROW);
  // Of the last octave, [½, 1), only its beginning is a smaller tail.
  for (let octave = LOWEST_OCTAVE; octave < -1; octave++) writeOctave(made, octave, ROWS_PER_OCTAVE);
  writeOctave(made, -1, 1);
  return made;
}

function writeOctave(rows: Float64Array, octave: number, count: number): void {
  const start = powerOfTwo(octave);
  const width = start / ROWS_PER_OCTAVE;
  const lower = rowOf(start) * ROW;
  const upper = rowOf(start * UPPER) * ROW;
  // The rows of an octave follow each other.
  for (let row = 0; row < count; row++) {
    writeRow(rows, lower + row * ROW, start + row * width + width / 2, width / 2);
    mirrorRow(rows, lower + row * ROW, upper + row * ROW);
  }
}

/**
 * Φ⁻¹ near p: Taylor's polynomial of degree 6, whose coefficients are P_k(z) / (k! φ(z)^k) with P_1 = 1 and
 * P_k+1 = P_k′ + k z P_k (Steinbrecher and Shaw 2008, "Quantile mechanics"), economized to degree 5: on |d| <= half, d⁶ is
 * replaced by d⁶ − half⁶ T_6(d / half) / 32.
 */
function writeRow(rows: Float64Array, at: number, p: number, half: number): void {
  const z = normalQuantile(p, "lower");
  const slope = 1 / normalDensity(z);
  const square = z * z;
  const slope2 = slope * slope;
  const slope4 = slope2 * slope2;
  const sixth = ((((120 * square + 326) * square + 127) * z) / 720) * slope4 * slope2;
  const half2 = half * half;
  rows[at] = z + (sixth * half2 * half2 * half2) / 32;
  rows[at + 1] = slope;
  rows[at + 2] = (z / 2) * slope2 - (sixth * half2 * half2 * 18) / 32;
  rows[at + 3] = ((2 * square + 1) / 6) * slope2 * slope;
  rows[at + 4] = (((6 * square + 7) * z) / 24) * slope4 + (sixth * half2 * 48) / 32;
  rows[at + 5] = (((24 * square + 46) * square + 7) / 120) * slope4 * slope;
  rows[at + MIDDLE] = p;
}

/** 2^64 and its powers: what d of the other tail is multiplied by. */
const UP = 1 / UPPER;
const UP2 = UP * UP;
const UP4 = UP2 * UP2;

/** The row of the other tail: −Φ⁻¹ of d · 2^64. */
function mirrorRow(rows: Float64Array, from: number, to: number): void {
  rows[to] = -rows[from];
  rows[to + 1] = -rows[from + 1] * UP;
  rows[to + 2] = -rows[from + 2] * UP2;
  rows[to + 3] = -rows[from + 3] * (UP2 * UP);
  rows[to + 4] = -rows[from + 4] * UP4;
  rows[to + 5] = -rows[from + 5] * (UP4 * UP);
  rows[to + MIDDLE] = rows[from + MIDDLE] * UPPER;
}
