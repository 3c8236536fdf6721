import type { Severity } from "../../laws/law.ts";
import { severity } from "../../laws/severities/index.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { type CompiledPlan, ROW, SCALE, SEVERITY } from "../compiled-plan.ts";
import type { Line, Plan } from "../plan.ts";
import { MOST_LOG2, cellOf, curveAt, exp2 } from "../recipe.ts";
import { LEAST_SHARE, amountAt } from "./amount-at.ts";
import { interpolation } from "./chebyshev.ts";
import { kinksAt } from "./kinks-at.ts";

/**
 * Writes x[i], for those of the `n` values z[i] that lie in a hole of plan line `line`'s curve. The others are left as they
 * are.
 */
export type FillHoles = (line: number, z: Float64Array, x: Float64Array, n: number) => void;

/** What is between two kinks of a hole: a polynomial of its own, or, where that does not do, the law itself. */
interface Piece {
  /** In cells; up to the next kink or the end of the hole. */
  readonly end: number;
  readonly middle: number;
  readonly width: number;
  readonly row: Float64Array | null;
}

/** A law's holes. */
interface Filler {
  readonly amount: (z: number) => number;
  /** By cell; the law itself answers for a hole that is not there. */
  readonly pieces: ReadonlyMap<number, readonly Piece[]>;
}

const LN2 = LN2_HIGH + LN2_LOW;
/** A piece is not used where an amount between its nodes is off by more than this, relatively. */
const TOLERANCE = 5e-13;
const { nodes, write } = interpolation(ROW);

/** The filler of a compiled plan's holes, shared by kernels. */
export function holeFiller(plan: Plan, { curves, scales, severities }: CompiledPlan): FillHoles {
  const known = new Map<string, Filler>();
  const fillers = plan.lines.map((line, i) => {
    if (severities[i * SEVERITY.fields + SEVERITY.hasHoles] === 0) return null;
    const key = JSON.stringify([line.severity, line.survival < LEAST_SHARE ? line.survival : 1]);
    const offset = scales[i * SCALE.fields + SCALE.offset];
    const slope = Math.abs(scales[i * SCALE.fields + SCALE.slope]);
    const filler = known.get(key) ?? fillerOf(line, offset, slope);
    known.set(key, filler);
    return filler;
  });
  return (line, z, x, n) => {
    const filler = fillers[line];
    if (filler === null) return;
    const { amount, pieces } = filler;
    const start = severities[line * SEVERITY.fields + SEVERITY.start];
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    const sign = scales[line * SCALE.fields + SCALE.share] < 1 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      const position = slope * z[i] + offset;
      const cell = cellOf(position);
      if (!Number.isNaN(curves[start + cell * ROW])) continue;
      const piece = pieces.get(cell)?.find(({ end }) => position <= end);
      const row = piece?.row;
      if (piece && row) x[i] = exp2(curveAt(row, 0, (position - piece.middle) / piece.width, 0));
      else x[i] = amount(sign * z[i]);
    }
  };
}

function fillerOf({ severity: spec, survival }: Line, offset: number, slope: number): Filler {
  const law = severity(spec);
  const amount = amountAt(law, survival);
  const pieces = survival < LEAST_SHARE ? new Map<number, Piece[]>() : piecesOf(law, amount, offset, slope);
  return { amount, pieces };
}

/** The pieces of the cells that have kinks, cut where they are. Of a curve that is all holes (slope 0) there are none. */
function piecesOf(law: Severity, amount: (z: number) => number, offset: number, slope: number): Map<number, Piece[]> {
  const cuts = new Map<number, number[]>();
  if (slope === 0) return new Map();
  for (const kink of kinksAt(law)) {
    const position = offset + slope * kink;
    const cell = cellOf(position);
    cuts.set(cell, [...(cuts.get(cell) ?? [cell - 0.5]), position]);
  }
  return new Map(
    [...cuts].map(([cell, starts]) => {
      const ends = [...starts.slice(1), cell + 0.5];
      return [
        cell,
        starts.map((start, i) => pieceOf((position) => amount((position - offset) / slope), start, ends[i])),
      ];
    }),
  );
}

function pieceOf(amountAtPosition: (position: number) => number, start: number, end: number): Piece {
  const middle = (start + end) / 2;
  const width = end - start;
  const log2At = (d: number) => log(amountAtPosition(middle + d * width)) / LN2;
  const values = nodes.map(log2At);
  const row = new Float64Array(ROW);
  write(values, row, 0);
  // Flat is an atom, whose amount has to be exact.
  const isUsable = values[0] !== values[ROW - 1] && values.every((t) => Math.abs(t) <= MOST_LOG2);
  const isFine = [-0.49, 0.07, 0.49].every((d) => Math.abs(curveAt(row, 0, d, 0) - log2At(d)) * LN2 <= TOLERANCE);
  return { end, middle, width, row: isUsable && isFine ? row : null };
}
