import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { ROW } from "../compiled-plan.ts";
import { MOST_LOG2, curveAt } from "../recipe.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

/**
 * Doubles a piece: eight coefficients of t = log2 x in (position − middle) · scale; x = plus + times · 2^t. An atom, whose
 * amount has to be exact, is plus alone; where no polynomial does, all are NaN and the law itself is asked.
 */
export const PIECE = { middle: ROW, scale: ROW + 1, plus: ROW + 2, times: ROW + 3, fields: ROW + 4 } as const;

/** A piece of a cell, in cells; `row` as PIECE says. */
export interface Piece {
  readonly end: number;
  readonly row: Float64Array;
}

const LN2 = LN2_HIGH + LN2_LOW;
/** A piece is not used where an amount between its nodes is off by more than this, relatively. */
const TOLERANCE = 5e-13;
/** In cells, as which positions are known to 1e-12. */
const LEAST_WIDTH = 1e-10;
/** Claims so near the end of a piece may as well belong to the next one. */
const MARGIN = 4e-12;
/** Where the polynomial through the nodes errs much, besides the ends. */
const BETWEEN = 0.191;
/** What is not smooth is cut in half, down to this, so many times between two kinks. */
const SHORTEST = 1 / 1024;
const MOST_HALVINGS = 40;
const { nodes, write } = ROW_INTERPOLATION;

/** The pieces of cell `cell` of amounts that have kinks, or ends of atoms, at the ascending `cuts`; all in cells. */
export function piecesOf(amountAt: (position: number) => number, cell: number, cuts: Float64Array): Piece[] {
  const pieces: Piece[] = [];
  let halvings = 0;
  const add = (from: number, to: number): void => {
    const row = pieceRow(amountAt, from, to);
    if (Number.isNaN(row[PIECE.scale]) && to - from > SHORTEST && halvings++ < MOST_HALVINGS) {
      add(from, from + (to - from) / 2);
      add(from + (to - from) / 2, to);
    } else {
      pieces.push({ end: to, row });
    }
  };
  let from = cell - 0.5;
  for (const to of [...cuts.filter((cut) => Math.abs(cut - cell) < 0.5), cell + 0.5]) {
    halvings = 0;
    add(from, to);
    from = to;
  }
  return pieces;
}

/** The row of the piece from one position to another. */
function pieceRow(amountAt: (position: number) => number, from: number, to: number): Float64Array {
  const row = new Float64Array(PIECE.fields).fill(NaN);
  const width = to - from;
  if (width < LEAST_WIDTH) return row;
  const middle = from + width / 2;
  const first = amountAt(from + MARGIN);
  const last = amountAt(to - MARGIN);
  if (first === last) {
    row.fill(0);
    row[PIECE.plus] = first;
    return row;
  }
  const values = nodes.map((d) => log(amountAt(middle + d * width)) / LN2);
  write(values, row, 0);
  const isNear = (d: number, x: number) => Math.abs(curveAt(row, 0, d, 0) - log(x) / LN2) * LN2 <= TOLERANCE;
  const end = 0.5 - MARGIN / width;
  const isFine = isNear(-end, first) && isNear(BETWEEN, amountAt(middle + BETWEEN * width)) && isNear(end, last);
  if (isFine && values.every((t) => Math.abs(t) <= MOST_LOG2)) row.set([middle, 1 / width, 0, 1], ROW);
  return row;
}
