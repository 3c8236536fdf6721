import { largestOf } from "../math/fold.ts";
import { UPPER } from "../summary/words.ts";
import type { ClaimIntensity } from "./claim-intensity.ts";
import { DEGREES, type Piece, firstAbove, piecesOf } from "./intensity-cells.ts";

/** What is left of the largest claims of a Poisson process above an amount; a, b >= 0. */
export interface IntensityTable {
  /** T(a) = ν((a, ∞)): claims a year of more than a. */
  readonly tail: (a: number) => number;
  /** I(a) = ∫ (z − a)+ ν(dz), in amounts a year; where that diverges, what differences of it are made of. */
  readonly excess: (a: number) => number;
  /** ∫ ((z − a)+)² ν(dz); beyond the table as of a power of the last amount. */
  readonly squares: (a: number) => number;
  /** Claims a year of exactly this net payment. */
  readonly atom: (z: number) => number;
  /** Whether I is finite. */
  readonly hasMean: boolean;
  /** Whether there are atoms: claims may be equal. */
  readonly hasAtoms: boolean;
}

/** Below the table T is a straight line: no more of the claims are there. */
const BELOW = 1e-7;
/** And above it: these are looked up in the laws. */
const ABOVE = 1e-13;
/** The most octaves that a table has. */
const MOST_OCTAVES = 400;
const LARGEST = 1e300;
const SMALLEST = 1e-280;

/** A row of a piece: coefficients of T, then the fields. */
const ROW = 16;
const FIELD = { middle: 8, inverse: 9, width: 10, excess: 11, squares: 12 } as const;

/**
 * T and its integrals as tables: polynomials of degree 7 through the laws' own values, cell by cell, with all atoms exactly in
 * their places, and what is the integral of these polynomials. T is off by some 1e-8 of itself, by 1e-7 for amounts that nearly all
 * claims exceed. Beyond the tables the laws are asked.
 */
export function intensityTable(intensity: ClaimIntensity): IntensityTable {
  const { parts, steps, atoms } = intensity;
  const exact = (a: number): number => {
    let sum = 0;
    for (let i = firstAbove(parts, a); i < parts.length; i++) sum += parts[i].beyond(a);
    for (let i = steps.length - 1; i >= 0 && steps[i].at > a; i--) sum += steps[i].mass;
    return sum;
  };
  const exactExcess = (a: number): number => {
    let sum = 0;
    for (let i = firstAbove(parts, a); i < parts.length; i++) sum += parts[i].excess(a);
    for (let i = steps.length - 1; i >= 0 && steps[i].at > a; i--) sum += steps[i].mass * (steps[i].at - a);
    return sum;
  };
  const borders = bordersOf(intensity, exact);
  const pieces = piecesOf(intensity, borders, ABOVE * exact(0));
  const last = borders[borders.length - 1];
  const beyondLast = exactExcess(last);
  const hasMean = beyondLast < Infinity;
  const isBounded = exact(last) === 0;
  const outer = (a: number) => (isBounded || !hasMean ? 0 : exactExcess(a));
  const { starts, rows } = rowsOf(pieces, outer(last), squaresBeyond(last, exact(last), outer(last)));
  const place = placer(starts);

  function tail(a: number): number {
    if (a >= last) return isBounded ? 0 : exact(a);
    const at = place(a) * ROW;
    const d = (a - rows[at + FIELD.middle]) * rows[at + FIELD.inverse];
    const d2 = d * d;
    const e = rows[at + 7] * d + rows[at + 6];
    const f = rows[at + 5] * d + rows[at + 4];
    const g = rows[at + 3] * d + rows[at + 2];
    return ((e * d2 + f) * d2 + g) * d2 + (rows[at + 1] * d + rows[at]);
  }

  function excess(a: number): number {
    if (a >= last) return outer(a);
    const at = place(a) * ROW;
    const d = (a - rows[at + FIELD.middle]) * rows[at + FIELD.inverse];
    return rows[at + FIELD.excess] - rows[at + FIELD.width] * once(rows, at, d);
  }

  function squares(a: number): number {
    if (a >= last) return squaresBeyond(a, tail(a), outer(a));
    const at = place(a) * ROW;
    const width = rows[at + FIELD.width];
    const d = (a - rows[at + FIELD.middle]) * rows[at + FIELD.inverse];
    const ofExcess = 2 * width * rows[at + FIELD.excess] * d;
    return rows[at + FIELD.squares] - ofExcess + 2 * width * width * twice(rows, at, d);
  }

  return { tail, excess, squares, atom: (z) => atoms.get(z) ?? 0, hasMean, hasAtoms: atoms.size > 0 };
}

/** ∫ of a row's polynomial from 0 to d. */
function once(rows: Float64Array, at: number, d: number): number {
  const d2 = d * d;
  const e = (rows[at + 7] / 8) * d + rows[at + 6] / 7;
  const f = (rows[at + 5] / 6) * d + rows[at + 4] / 5;
  const g = (rows[at + 3] / 4) * d + rows[at + 2] / 3;
  return (((e * d2 + f) * d2 + g) * d2 + ((rows[at + 1] / 2) * d + rows[at])) * d;
}

/** ∫ of `once` from 0 to d. */
function twice(rows: Float64Array, at: number, d: number): number {
  let sum = 0;
  for (let k = DEGREES - 1; k >= 0; k--) sum = sum * d + rows[at + k] / ((k + 1) * (k + 2));
  return sum * d * d;
}

/** Of a tail that falls like a power: T = c a^−α has I = a T / (α − 1) and squares 2 a I / (α − 2). */
function squaresBeyond(a: number, tail: number, excess: number): number {
  if (excess === 0) return 0;
  const slope = (a * tail) / excess - 1;
  return slope > 0 ? (2 * a * excess) / slope : Infinity;
}

/** Ends of cells: octaves from where nearly all claims are larger to where nearly none is, and kinks in between. */
function bordersOf({ parts, steps, atoms }: ClaimIntensity, tail: (a: number) => number): number[] {
  const all = tail(0);
  const bound = largestOf(parts, ({ upper }) => upper, steps.at(-1)?.at ?? 0);
  const isBeyond = (a: number) => a >= bound || tail(a) <= ABOVE * all;
  let high = 1;
  while (!isBeyond(high) && high < LARGEST) high *= 2;
  while (isBeyond(high / 2) && high > SMALLEST) high /= 2;
  let least = high;
  for (const at of atoms.keys()) least = Math.min(least, at);
  for (const { kinks } of parts) for (const at of kinks) least = Math.min(least, at);
  let low = high;
  for (let octaves = 0; octaves < MOST_OCTAVES && (low > least || all - tail(low) > BELOW * all); octaves++) low /= 2;
  const borders = [0];
  for (let a = low; a <= high; a *= 2) borders.push(a);
  const inside = parts.flatMap(({ kinks }) => kinks).filter((at) => at > low && at < high);
  return [...new Set([...borders, ...inside])].sort((a, b) => a - b);
}

/** Pieces as rows, with the integrals from each to infinity: from the last one down. */
function rowsOf(pieces: readonly Piece[], excessBeyond: number, squaresAfter: number) {
  const starts = Float64Array.from(pieces, ({ start }) => start);
  const rows = new Float64Array(pieces.length * ROW);
  let excess = excessBeyond;
  let squares = squaresAfter;
  for (let i = pieces.length - 1; i >= 0; i--) {
    const { start, end, middle, width, coefficients } = pieces[i];
    const at = i * ROW;
    rows.set(coefficients, at);
    rows[at + FIELD.middle] = middle;
    rows[at + FIELD.inverse] = 1 / width;
    rows[at + FIELD.width] = width;
    const toEnd = (end - middle) / width;
    const toStart = (start - middle) / width;
    const constant = excess + width * once(rows, at, toEnd);
    const constant2 = squares + 2 * width * (constant * toEnd - width * twice(rows, at, toEnd));
    rows[at + FIELD.excess] = constant;
    rows[at + FIELD.squares] = constant2;
    excess = constant - width * once(rows, at, toStart);
    squares = constant2 - 2 * width * (constant * toStart - width * twice(rows, at, toStart));
  }
  return { starts, rows };
}

/** Entries of a guide for an octave: by the upper bits of a double's mantissa. */
const MANTISSA_BITS = 8;
const SHIFT = 20 - MANTISSA_BITS;
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

function wordOf(a: number): number {
  double[0] = a;
  return words[UPPER] >>> SHIFT;
}

/** The piece of an amount, 0 or more and below the end of the last. */
function placer(starts: Float64Array): (a: number) => number {
  const first = wordOf(starts[1] ?? 1);
  const entries = Math.max(wordOf(starts[starts.length - 1]) - first + 1, 1);
  const guide = new Int32Array(entries + 1);
  let piece = 0;
  for (let i = 0; i < entries; i++) {
    words[1 - UPPER] = 0;
    words[UPPER] = (first + i) << SHIFT;
    const [from] = double;
    while (piece + 1 < starts.length && starts[piece + 1] <= from) piece++;
    guide[i] = piece;
  }
  guide[entries] = starts.length - 1;
  const ends = starts.map((_, i) => starts[i + 1] ?? Infinity);
  return (a) => {
    const entry = Math.min(wordOf(a) - first, entries - 1);
    if (entry < 0) return 0;
    let low = guide[entry];
    if (ends[low] > a) return low;
    let high = guide[entry + 1];
    if (high - low < 8) {
      while (a >= ends[low]) low++;
      return low;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle] > a) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
