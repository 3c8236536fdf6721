/**
 * How uniforms become amounts: core's recipe.ts, operation for operation, as passes over arrays. Each pass is short and
 * reads what the one before has written.
 *
 * The arrays are constants of this module, not exported and not parameters: the engine's compiler then knows where they
 * are and how long, and a loop needs no registers for that (docs/decisions/0009).
 */
import { EXP2, LOOKUP_ROWS, POWERS, QUANTILE_MIDDLES, ROOTS, ROOT_ROUNDER, ROUNDER, ROW, SCALE } from "@lossmill/core";
import type { Work } from "./work.ts";

/** Claims that go through the passes at a time: all their arrays stay in the first-level cache. Whole words of five trials. */
export const CHUNK = 640;

const UPPER = 5.421010862427522e-20; // 2^-64
const [EXP2_1, EXP2_2, EXP2_3] = EXP2;
// An import is a cell that is read in each round.
const TO_ROOTS = ROOT_ROUNDER;
const TO_CELLS = ROUNDER;
const roots = Float64Array.from(ROOTS);
const powersOfTwo = Float64Array.from(POWERS);
const middles = Float64Array.from(QUANTILE_MIDDLES);

/** Amounts, then payments. */
const claims = new Float64Array(CHUNK);
/** Normals; before them, in the sign of each, which tail a uniform is of. The high words begin at the first one's. */
const normals = new Float64Array(CHUNK);
const signs = new Int32Array(normals.buffer, 4);
/** The lower and the upper tail of each uniform, of which one is meant; the row of a tail is in its high word. */
const tails = new Float64Array(2 * CHUNK);
const highWords = new Int32Array(tails.buffer, 4);
/** Logarithms rounded to 512ths, whose number is in the low word, and what the rounding took off. */
const rounded = new Float64Array(CHUNK);
const roundedWords = new Int32Array(rounded.buffer);
const rests = new Float64Array(CHUNK);

/** What others read of a chunk. */
export const chunk = { claims, normals, holes: new Int32Array(CHUNK) };

/**
 * The normal table, and views of it that begin at each double of the first row: one index for a whole row, of which the
 * engine checks once that it is not too large. All have one length.
 */
const normalRows = new Float64Array(LOOKUP_ROWS * ROW);
const [normal0, normal1, normal2, normal3, normal4, normal5, , normal7] = Array.from({ length: ROW }, (_, k) =>
  normalRows.subarray(k, normalRows.length - ROW + 1 + k),
);

/** Takes the normal table, the same for every plan, from a plan's curves. */
export function takeNormalTable(curves: Float64Array): void {
  normalRows.set(curves.subarray(0, normalRows.length));
}

/**
 * Uniforms to the tails of `share` times them, both of them: which one is meant, half of all claims, is a jump that
 * nobody foresees, but also a sign. 1.7 against 3.5 ns a claim.
 */
export function toTails(n: number, { uniforms, scale }: Work): void {
  const share = scale[SCALE.share];
  for (let i = 0; i < n; i++) {
    const u = share * uniforms[i];
    tails[i << 1] = u;
    tails[(i << 1) + 1] = (1 - u) * UPPER;
    normals[i] = 0.5 - u;
  }
}

/** Uniforms to where counts are looked up. */
export function takeUniforms(n: number, { uniforms }: Work): void {
  for (let i = 0; i < n; i++) claims[i] = uniforms[i];
}

/** Numbers of amounts to amounts. */
export function toSteps(n: number, { rows }: Work): void {
  for (let i = 0; i < n; i++) claims[i] = rows[claims[i]];
}

/** Tails to normals. */
export function toNormals(n: number): void {
  for (let i = 0; i < n; i++) {
    // The upper one where the uniform is above ½.
    const meant = (i << 1) + (signs[i << 1] >>> 31);
    const at = (highWords[meant << 1] >>> 12) & 0x7ff8;
    const d = tails[meant] - normal7[at];
    const d2 = d * d;
    const a = normal5[at] * d + normal4[at];
    const b = normal3[at] * d + normal2[at];
    const c = normal1[at] * d + normal0[at];
    normals[i] = (a * d2 + b) * d2 + c;
  }
}

/** Tails to the amounts of the line's own quantile table. */
export function toQuantiles(n: number, { rows }: Work): void {
  for (let i = 0; i < n; i++) {
    const meant = (i << 1) + (signs[i << 1] >>> 31);
    const row = (highWords[meant << 1] >>> 17) & 0x3ff;
    claims[i] = polynomialAt(rows, row << 3, tails[meant] - middles[row]);
  }
}

/** The polynomial of degree 7 whose coefficients begin at `at`. */
function polynomialAt(rows: Float64Array, at: number, d: number): number {
  const d2 = d * d;
  const d4 = d2 * d2;
  const e = rows[at + 7] * d + rows[at + 6];
  const a = rows[at + 5] * d + rows[at + 4];
  const b = rows[at + 3] * d + rows[at + 2];
  const c = rows[at + 1] * d + rows[at];
  return (e * d2 + a) * d4 + (b * d2 + c);
}

/** Normals z to logarithms t = offset + slope · z, split. */
export function toLine(n: number, { scale }: Work): void {
  const offset = scale[SCALE.offset];
  const slope = scale[SCALE.slope];
  for (let i = 0; i < n; i++) {
    const t = slope * normals[i] + offset;
    const whole = t + TO_ROOTS;
    rounded[i] = whole;
    rests[i] = t - (whole - TO_ROOTS);
  }
}

const sum = Float64Array.of(0);

/** Normals z to logarithms t, shift + the value of the line's curve at offset + slope · z, split. */
export function toCurve(n: number, { scale, rows }: Work): void {
  const offset = scale[SCALE.offset];
  const slope = scale[SCALE.slope];
  const shift = scale[SCALE.shift];
  let all = 0;
  for (let i = 0; i < n; i++) {
    const position = slope * normals[i] + offset;
    const cell = position + TO_CELLS - TO_CELLS;
    const t = polynomialAt(rows, (cell * ROW) | 0, position - cell) + shift;
    all += t;
    const whole = t + TO_ROOTS;
    rounded[i] = whole;
    rests[i] = t - (whole - TO_ROOTS);
  }
  sum[0] = all;
}

/** Whether one of the claims that toCurve was last called with was in a hole. */
export function metHole(): boolean {
  return Number.isNaN(sum[0]);
}

/** Logarithms t to 2^t. */
export function toAmounts(n: number): void {
  for (let i = 0; i < n; i++) {
    const f = rests[i];
    const k = roundedWords[i << 1];
    const root = roots[k & 511] * powersOfTwo[(k >> 9) + 1023];
    const q = (EXP2_3 * f + EXP2_2) * f + EXP2_1;
    claims[i] = root * (q * f) + root;
  }
}
