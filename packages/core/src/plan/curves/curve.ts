import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { ROW } from "../compiled-plan.ts";
import { curveAt, MOST_LOG2, exp2 } from "../recipe.ts";
import { type AmountAt, smallerTail } from "./amount-at.ts";
import { interpolation } from "./chebyshev.ts";
import { EVERYWHERE, type Reach } from "./reach.ts";

/** log2 x as a piecewise polynomial of z: cell k is centred at position k = offset + slope · z. */
export interface Curve {
  /** Rows of coefficients; those of a hole are NaN. */
  readonly rows: Float64Array;
  readonly offset: number;
  readonly slope: number;
  readonly hasHoles: boolean;
}

const { low: FIRST_Z, high: LAST_Z } = EVERYWHERE;
const FEWEST_CELLS = 68;
const MOST_CELLS = 544;
/** Of a curve that has more, nothing is used. */
const MOST_HOLES = 0.9;
/** Beyond it lie 2e-9 of all claims. */
const FAR = 6;
/** A table is finer by half where an amount between its nodes is off by more than this, relatively. */
const TOLERANCE = 5e-13;

/** The finest grid of cells. */
export const FINEST = gridOf(MOST_CELLS);

const LN2 = LN2_HIGH + LN2_LOW;
/** A kink nearer than this to what is reached, more than a wide cell, counts. */
const MARGIN = 0.3;
const { nodes, write } = interpolation(ROW);
/** How many cells a curve of such a slope has; the last row stands for half of one. */
export function cellsOf(slope: number): number {
  return Math.round(Math.abs(slope) * (LAST_Z - FIRST_Z));
}

/** The first and the last cell that claims reach, of a curve with such a scale. */
export function cellsWithin({ low, high }: Reach, offset: number, slope: number): { first: number; last: number } {
  const cellAt = (z: number) => Math.round(offset + Math.abs(slope) * z);
  return { first: Math.max(0, cellAt(low)), last: Math.min(cellsOf(slope), cellAt(high)) };
}

/** The points of a cell at which amounts are computed: the nodes, and the end that it shares with the next. */
const ds = [...nodes, 0.5];
const POINTS = ROW + 1;

/** A curve that says nothing: every amount is asked of the law. */
const ALL_HOLES: Curve = { rows: new Float64Array(ROW).fill(NaN), offset: 0, slope: 0, hasHoles: true };

/**
 * The curve of `amount`, which has its kinks at the ascending `kinks`, as far as `reach` says. Cells beyond, those with a kink,
 * and those that 544 cells do not make fine enough, are holes.
 */
export function curveOf(amount: AmountAt, kinks: readonly number[], reach: Reach): Curve {
  const isKinked = kinks.some((z) => z > reach.low - MARGIN && z < reach.high + MARGIN);
  for (let cells = isKinked ? MOST_CELLS : FEWEST_CELLS; cells < MOST_CELLS; cells *= 2) {
    const curve = curveWith(cells, amount, kinks, reach);
    if (curve !== null) return curve;
  }
  return curveWith(MOST_CELLS, amount, kinks, reach) ?? ALL_HOLES;
}

function gridOf(cells: number) {
  const width = (LAST_Z - FIRST_Z) / cells;
  const slope = 1 / width;
  return { cells, width, offset: -FIRST_Z * slope, slope };
}

/** The z of a grid's points, and their tails. */
interface Points {
  readonly zs: Float64Array;
  readonly tails: Float64Array;
}
const known = new Map<number, Points>();

/** The points of all cells, made once: 10 to 78 kB. */
function pointsOf(cells: number): Points {
  let points = known.get(cells);
  if (points === undefined) {
    const { width } = gridOf(cells);
    const zs = new Float64Array((cells + 1) * POINTS);
    for (let i = 0; i < zs.length; i++) zs[i] = FIRST_Z + (Math.floor(i / POINTS) + ds[i % POINTS]) * width;
    points = { zs, tails: zs.map(smallerTail) };
    known.set(cells, points);
  }
  return points;
}

/** Null where that many cells are too coarse, or where nearly all of them are holes. */
function curveWith(cells: number, amount: AmountAt, kinks: readonly number[], reach: Reach): Curve | null {
  const { offset, slope } = gridOf(cells);
  const { zs, tails } = pointsOf(cells);
  const rows = new Float64Array((cells + 1) * ROW);
  const values = new Float64Array(ROW);
  const { first, last } = cellsWithin(reach, offset, slope);
  const kinked = new Set(kinks.flatMap((z) => cellsNear(offset + slope * z)).filter((k) => k >= first && k <= last));
  const mostHoles = MOST_HOLES * (last - first + 1);
  if (kinked.size > mostHoles) return null;
  /** log2 x at point j of cell k; what row `from` says there is near. */
  const log2At = (k: number, j: number, from: number) => {
    const near = from < 0 ? NaN : exp2(curveAt(rows, 0, k + ds[j], from));
    return log(amount(zs[k * POINTS + j], near, tails[k * POINTS + j])) / LN2;
  };
  let holes = 0;
  let before = first > 0 ? log2At(first - 1, ROW, -1) : NaN;
  rows.fill(NaN);
  for (let k = first; k <= last; k++) {
    const isKinked = kinked.has(k);
    if (!isKinked) for (let j = 0; j < ROW; j++) values[j] = log2At(k, j, k - 1);
    const isHole = isKinked || !isUsable(values, zs[k * POINTS]);
    if (!isHole) write(values, rows, k * ROW);
    // The end that this cell shares with the next is where a polynomial errs most.
    const end = log2At(k, ROW, k);
    const isCoarse = !isHole && !(isNear(rows, k - 0.5, k, before) && isNear(rows, k + 0.5, k, end));
    if (isCoarse && cells < MOST_CELLS) return null;
    if (isCoarse) rows.fill(NaN, k * ROW, (k + 1) * ROW);
    if (isHole || isCoarse) holes++;
    before = end;
  }
  return holes > mostHoles ? null : { rows, offset, slope, hasHoles: holes > 0 || first > 0 || last < cells };
}

/** The cell of a position, and its neighbour where rounding could make it that one. */
function cellsNear(position: number): number[] {
  const cell = Math.round(position);
  const rest = position - cell;
  if (rest > 0.49) return [cell, cell + 1];
  return rest < -0.49 ? [cell - 1, cell] : [cell];
}

/**
 * Neither 0 nor beyond what `exp2` takes; nor all the same, as at an atom, whose amount has to be exact. At the very ends of
 * a law all amounts are the same double too, and nothing is there.
 */
function isUsable(values: Float64Array, z: number): boolean {
  const isFlat = values[0] === values[ROW - 1] && Math.abs(z) < FAR;
  return !isFlat && values.every((t) => Math.abs(t) <= MOST_LOG2);
}

/** Whether cell k gives `t` at a position at one of its ends; NaN, where there is no cell before, is near. */
function isNear(rows: Float64Array, position: number, k: number, t: number): boolean {
  const found = curveAt(rows, 0, position, k);
  return !(Math.abs(found - t) * LN2 > TOLERANCE);
}
