import { largestOf, sumOf } from "../math/fold.ts";
import { interpolation } from "../plan/curves/chebyshev.ts";
import type { ClaimIntensity, SmoothPart } from "./claim-intensity.ts";

/** Coefficients of a piece: degree 7. */
export const DEGREES = 8;

/** Between its ends T is one polynomial in d = (a − middle) / width, from −½ to ½ over the cell it lies in. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly middle: number;
  readonly width: number;
  readonly coefficients: Float64Array;
}

/** Where a polynomial of a cell is off by more than this, relative to T, the cell is halved. */
const TOLERANCE = 1e-8;
/** But no more than so often. */
const MOST_HALVINGS = 10;

const { nodes, write } = interpolation(DEGREES);
/** Where a polynomial is tried: at the end of a cell, where it errs most and T is smallest. */
const AT_END = DEGREES;
const PLACES = [...nodes, 0.5];

/**
 * T(a), claims a year of more than a, piece by piece over ascending `borders`: between two of them every part is smooth but for its
 * end at its top. There, and at every step, a new piece begins, in the same cell: parts that end later are in all pieces
 * before, so that each of them is looked at once a cell and not once a piece. A T below `negligible` need not be as near.
 */
export function piecesOf(intensity: ClaimIntensity, borders: readonly number[], negligible: number): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < borders.length; i++) cell(intensity, borders[i], borders[i + 1], negligible, 0, pieces);
  return pieces;
}

function cell(
  intensity: ClaimIntensity,
  start: number,
  end: number,
  negligible: number,
  halvings: number,
  out: Piece[],
): void {
  const { parts, steps } = intensity;
  const width = end - start;
  const middle = start + width / 2;
  const whole = new Float64Array(PLACES.length);
  const ending: { top: number; values: Float64Array }[] = [];
  for (let i = firstAbove(parts, start); i < parts.length; i++) {
    const { top, beyond } = parts[i];
    const values = top < end ? new Float64Array(PLACES.length) : whole;
    for (let k = 0; k < PLACES.length; k++) values[k] += beyond(middle + PLACES[k] * width);
    if (top < end) ending.push({ top, values });
  }
  const inside = steps.filter(({ at }) => at > start && at < end);
  const above = sumOf(steps, ({ at, mass }) => (at >= end ? mass : 0));
  if (halvings < MOST_HALVINGS && isCoarse(whole, ending, above, negligible)) {
    cell(intensity, start, middle, negligible, halvings + 1, out);
    cell(intensity, middle, end, negligible, halvings + 1, out);
    return;
  }
  const ends = new Map<number, Float64Array>();
  for (const { top, values } of ending) addTo(ends, top, toPolynomial(values));
  for (const { at, mass } of inside) addTo(ends, at, Float64Array.of(mass));
  const coefficients = toPolynomial(whole);
  coefficients[0] += above;
  const found: Piece[] = [];
  let until = end;
  for (const [at, more] of [...ends].sort(([a], [b]) => b - a)) {
    found.push({ start: at, end: until, middle, width, coefficients: coefficients.slice() });
    until = at;
    for (let k = 0; k < more.length; k++) coefficients[k] += more[k];
  }
  found.push({ start, end: until, middle, width, coefficients });
  for (const piece of found.toReversed()) out.push(piece);
}

/** Adds what begins at `at`, going down. */
function addTo(ends: Map<number, Float64Array>, at: number, more: Float64Array): void {
  const sum = new Float64Array(DEGREES);
  sum.set(ends.get(at) ?? []);
  for (let k = 0; k < more.length; k++) sum[k] += more[k];
  ends.set(at, sum);
}

/** Whether the polynomial of all that is in a cell misses its end: by how much of the least T in it that is not 0. */
function isCoarse(
  whole: Float64Array,
  ending: readonly { top: number; values: Float64Array }[],
  above: number,
  negligible: number,
): boolean {
  const all = whole.slice();
  for (const { values } of ending) for (let k = 0; k < PLACES.length; k++) all[k] += values[k];
  let least = whole[AT_END] + above;
  // Beyond the last top nothing is left: just before it there are the claims at that limit.
  if (least === 0) {
    const last = largestOf(ending, (one) => one.top);
    for (const { top, values } of ending) if (top === last) least += values[AT_END];
  }
  return Math.abs(valueAt(toPolynomial(all), 0.5) - all[AT_END]) > TOLERANCE * Math.max(least, negligible);
}

function toPolynomial(values: Float64Array): Float64Array {
  const coefficients = new Float64Array(DEGREES);
  write(values.subarray(0, DEGREES), coefficients, 0);
  return coefficients;
}

function valueAt(coefficients: Float64Array, d: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * d + coefficients[i];
  return value;
}

/** The place of the first part whose top is above `a`. */
export function firstAbove(parts: readonly SmoothPart[], a: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parts[middle].top > a) high = middle;
    else low = middle + 1;
  }
  return low;
}
