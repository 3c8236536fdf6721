import type { Amount } from "./amount.ts";
import { averaged, chebyshevSum, coefficients, fits, NODES, POINTS } from "./chebyshev.ts";
import { integral } from "./quadrature.ts";

/** An amount and how often it counts. */
export interface Weighted {
  readonly weight: number;
  readonly amount: Amount;
}

/** The cells [j · step, (j + 1) · step), j = 0 … cells − 1. */
export interface Cells {
  readonly cells: number;
  readonly step: number;
}

/** Pieces of so few cells are done cell by cell where they are no polynomial. */
const FEW = 32;
/** What an interpolant may miss, relative to the piece's largest value and absolutely. */
const PRECISION = 1e-13;
const NEGLIGIBLE = 1e-19;
/** Differences of limited expected values lose digits where these are so many steps. */
const LONG = 1000;

/** Averages of a survival function over cells, and the integral of x times it over all of them, where asked for. */
export interface CellAverages {
  readonly averages: Float64Array;
  readonly moment: number;
}

/**
 * The average of Σ weight · P(amount > x) over each cell. A survival function is sampled on pieces, each twice as long as
 * the one before, by Chebyshev interpolants that are checked at other points and halved where they do not fit: a few
 * hundred evaluations an amount, however many cells there are. All amounts share the pieces: values at the points are
 * added up, and each piece is integrated once. A step of a monotone function cannot hide between the points.
 */
export function cellAverages(
  sources: readonly Weighted[],
  { cells, step }: Cells,
  withMoment: boolean = false,
): CellAverages {
  const averages = new Float64Array(cells);
  const pieces = new Map<number, Piece>();
  const values = new Float64Array(NODES);
  let moment = 0;

  const sample = (source: Weighted, start: number, end: number): void => {
    const { amount, weight } = source;
    const first = amount.survival(start * step);
    if (first <= NEGLIGIBLE) return;
    const length = end - start;
    const isDirect = length === 1 || (length <= FEW && amount.limited(end * step) < LONG * step);
    if (isDirect) {
      addDirectly(averages, source, start, end, step);
      if (withMoment) moment += weight * momentOf(amount, start * step, end * step);
      return;
    }
    const half = (length * step) / 2;
    const middle = start * step + half;
    const at = (t: number) => amount.survival(middle + half * t);
    for (let i = 0; i < NODES; i++) values[i] = at(POINTS[i]);
    if (fits(values, at, PRECISION * first + NEGLIGIBLE)) {
      const { sums } = pieceOf(pieces, start, end);
      for (let i = 0; i < NODES; i++) sums[i] += weight * values[i];
      return;
    }
    const cut = start + Math.ceil(length / 2);
    sample(source, start, cut);
    sample(source, cut, end);
  };

  for (const source of sources) {
    if (!source.amount.isSmooth) addDirectly(averages, source, 0, cells, step);
    else {
      for (let start = 0, end = FEW; start < cells; start = end, end *= 2) sample(source, start, Math.min(end, cells));
    }
  }
  for (const piece of pieces.values()) {
    integrate(averages, piece);
    if (withMoment) moment += pieceMoment(piece, step);
  }
  return { averages, moment };
}

/** The integral of x · P(amount > x). */
function momentOf({ survival, kinks, atoms }: Amount, from: number, to: number): number {
  const breaks = [...kinks, ...atoms.map(({ at }) => at)];
  return integral((x) => x * survival(x), from, to, breaks);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly sums: Float64Array;
}

function pieceOf(pieces: Map<number, Piece>, start: number, end: number): Piece {
  const key = start * 4_194_304 + end;
  let piece = pieces.get(key);
  if (piece === undefined) {
    piece = { start, end, sums: new Float64Array(NODES) };
    pieces.set(key, piece);
  }
  return piece;
}

function addDirectly(averages: Float64Array, { amount, weight }: Weighted, start: number, end: number, step: number) {
  let before = amount.limited(start * step);
  for (let j = start; j < end && j * step < amount.upper; j++) {
    const after = amount.limited((j + 1) * step);
    averages[j] += (weight * (after - before)) / step;
    before = after;
  }
}

/** Adds a piece's cell averages; its argument t runs from −1 to 1. */
function integrate(averages: Float64Array, { start, end, sums }: Piece): void {
  const length = end - start;
  const average = averaged(coefficients(sums), 1 / length);
  for (let j = 0; j < length; j++) averages[start + j] += chebyshevSum(average, (2 * j + 1) / length - 1);
}

/** The integral of x times a piece's function: T_k integrates to 2 / (1 − k²) for even k, and t T_k likewise. */
function pieceMoment({ start, end, sums }: Piece, step: number): number {
  const a = coefficients(sums);
  const whole = (k: number) => (k % 2 === 0 ? 2 / (1 - k * k) : 0);
  let level = 0;
  let slope = 0;
  for (let k = 0; k < NODES; k++) {
    level += a[k] * whole(k);
    slope += (a[k] * (whole(k + 1) + whole(Math.abs(k - 1)))) / 2;
  }
  const half = ((end - start) * step) / 2;
  return half * ((start * step + half) * level + half * slope);
}
