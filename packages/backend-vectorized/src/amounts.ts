/**
 * How uniforms become amounts: core's recipe.ts, operation for operation, as passes over arrays. Each pass is short, reads
 * what the one before has written, and has its parameters in locals.
 */
import { EXP2, POWERS, QUANTILE_MIDDLES, ROOTS, ROUNDER, ROW, SIXTY_FOURTHS } from "@lossmill/core";

/** Claims that go through the passes at a time: all their arrays stay in the first-level cache. Whole words of five trials. */
export const CHUNK = 640;

const UPPER = 5.421010862427522e-20; // 2^-64
const [EXP2_1, EXP2_2, EXP2_3, EXP2_4] = EXP2;

/** A chunk's values. */
export interface Chunk {
  /** Uniforms, then amounts, then payments. */
  readonly claims: Float64Array;
  /** Normals; before them, in the sign of each, which tail a uniform is of. */
  readonly normals: Float64Array;
  readonly signs: Int32Array;
  /** The lower and the upper tail of each uniform, of which one is meant; their words, for the row is in the high one. */
  readonly tails: Float64Array;
  readonly words: Int32Array;
}

export function emptyChunk(): Chunk {
  const normals = new Float64Array(CHUNK);
  const tails = new Float64Array(2 * CHUNK);
  return {
    claims: new Float64Array(CHUNK),
    normals,
    signs: new Int32Array(normals.buffer),
    tails,
    words: new Int32Array(tails.buffer),
  };
}

/**
 * Uniforms to the tails of `share` times them, both of them: which one is meant, half of all claims, is a jump that
 * nobody foresees, but also a sign. 1.7 against 3.5 ns a claim.
 */
export function toTails({ claims, tails, normals }: Chunk, n: number, share: number): void {
  for (let i = 0; i < n; i++) {
    const u = share * claims[i];
    tails[2 * i] = (1 - u) * UPPER;
    tails[2 * i + 1] = u;
    normals[i] = 0.5 - u;
  }
}

/** Tails to normals, by core's table of them, which `table` begins with. */
export function lookUp({ normals, tails, words, signs }: Chunk, n: number, table: Float64Array): void {
  for (let i = 0; i < n; i++) {
    // 1 where the uniform is at most ½, the lower tail; 0 above.
    const meant = 2 * i + 1 + (signs[2 * i + 1] >> 31);
    const at = ((words[2 * meant + 1] >>> 15) & 0xfff) * ROW;
    const d = tails[meant] - table[at + 7];
    const d2 = d * d;
    const a = table[at + 5] * d + table[at + 4];
    const b = table[at + 3] * d + table[at + 2];
    const c = table[at + 1] * d + table[at];
    normals[i] = (a * d2 + b) * d2 + c;
  }
}

/** Tails to the amounts of the quantile table that begins at `start`. */
export function quantiles({ claims, tails, words, signs }: Chunk, n: number, table: Float64Array, start: number): void {
  for (let i = 0; i < n; i++) {
    const meant = 2 * i + 1 + (signs[2 * i + 1] >> 31);
    const row = (words[2 * meant + 1] >>> 17) & 0x3ff;
    claims[i] = polynomialAt(table, start + row * ROW, tails[meant] - QUANTILE_MIDDLES[row]);
  }
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

/** Normals z to 2^(offset + slope · z). */
export function lineAmounts({ claims, normals }: Chunk, n: number, offset: number, slope: number): void {
  for (let i = 0; i < n; i++) claims[i] = slope * normals[i] + offset;
  powers(claims, n);
}

/** Normals z to 2^t, t the value of the curve at offset + slope · z. Returns whether one of them was in a hole. */
export function curveAmounts(
  { claims, normals }: Chunk,
  n: number,
  table: Float64Array,
  start: number,
  offset: number,
  slope: number,
): boolean {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const position = slope * normals[i] + offset;
    const cell = position + ROUNDER - ROUNDER;
    const t = polynomialAt(table, start + cell * ROW, position - cell);
    sum += t;
    claims[i] = t;
  }
  powers(claims, n);
  return Number.isNaN(sum);
}

/** t to 2^t. */
function powers(claims: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const t = claims[i];
    const rounded = t + SIXTY_FOURTHS - SIXTY_FOURTHS;
    const f = t - rounded;
    const k = (rounded * 64) | 0;
    const root = ROOTS[k & 63] * POWERS[(k >> 6) + 1023];
    const q = (EXP2_4 * f + EXP2_3) * (f * f) + (EXP2_2 * f + EXP2_1);
    claims[i] = root * (q * f) + root;
  }
}
