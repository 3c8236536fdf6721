import { powerOfTwo } from "../../math/exponent.ts";
import { normalDensity, normalQuantile } from "../../math/normal.ts";
import { LOOKUP_ROWS, ROW } from "../compiled-plan.ts";
import { rowOf } from "../recipe.ts";

const ROWS_PER_OCTAVE = 32;
/** Tails go down to 2^-54 for a line that is not thinned, to 2^-63 for one that is (`LEAST_SURVIVAL`). */
const LOWEST_OCTAVE = -63;
const UPPER = powerOfTwo(-64);

const MIDDLE = 7;

let table: Float64Array | undefined;

/**
 * Φ⁻¹ by tails (`tailOf`), for `lookUp`: 32 rows an octave, a polynomial of degree 5 each. Absolute error below 3e-14.
 * Made once, in some 2 ms; 262 kB, of which a run touches a tenth.
 */
export function normalTable(): Float64Array {
  return (table ??= makeTable());
}

function makeTable(): Float64Array {
  const made = new Float64Array(LOOKUP_ROWS * ROW);
  for (let octave = LOWEST_OCTAVE; octave < 0; octave++) {
    const width = powerOfTwo(octave) / ROWS_PER_OCTAVE;
    // Of the last octave, [½, 1), only its beginning is a smaller tail.
    const rows = octave === -1 ? 1 : ROWS_PER_OCTAVE;
    for (let row = 0; row < rows; row++) {
      const start = powerOfTwo(octave) + row * width;
      const lower = rowOf(start) * ROW;
      writeRow(made, lower, start + width / 2, width / 2);
      mirrorRow(made, lower, rowOf(start * UPPER) * ROW);
    }
  }
  return made;
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

/** The row of the other tail: −Φ⁻¹ of d · 2^64. */
function mirrorRow(rows: Float64Array, from: number, to: number): void {
  let factor = -1;
  for (let k = 0; k <= 5; k++) {
    rows[to + k] = rows[from + k] * factor;
    factor /= UPPER;
  }
  rows[to + MIDDLE] = rows[from + MIDDLE] * UPPER;
}
