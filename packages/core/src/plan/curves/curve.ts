import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { ROW } from "../compiled-plan.ts";
import { curveAt, MOST_LOG2, MOST_SHIFT, exp2 } from "../recipe.ts";
import type { AmountAt } from "./amount-at.ts";
import { type AmountSeries, TERMS, converges, interpolationError, seriesAt } from "./amount-series.ts";
import { FINEST, GRIDS, type Grid, PLAIN, POINT_PLACES, POINTS, WIDEST, cellsWithin, pointsOf } from "./grid.ts";
import { EVERYWHERE, type Reach } from "./reach.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

/** log2 x as a piecewise polynomial of z: cell k is centred at position k = offset + slope · z. */
export interface Curve {
  /** Rows of coefficients; those of a hole are NaN. */
  readonly rows: Float64Array;
  readonly offset: number;
  readonly slope: number;
  readonly hasHoles: boolean;
  /** Whether two cells meet at a kink: no wider polynomial is to be put over them. */
  readonly hasKink: boolean;
}

/** Of a curve that has more, nothing is used. */
const MOST_HOLES = 0.9;
/** Beyond it lie 2e-9 of all claims. */
const FAR = 6;
/** A cell is cut in two where an amount at one of its ends is off by more than this, relatively. */
const TOLERANCE = 5e-13;
/** A cell is guessed from the last one, unless that is narrower by more than so many levels. */
const MOST_NARROWER = 1;
/** Kinks farther from what is reached, more than a cell, are not worth narrow cells. */
const MARGIN = 0.3;
/** A kink is no jump where the amounts so far on either side differ by less than this, relatively. */
const BESIDE = 1e-9;
const NO_JUMP = 1e-6;
/** No end of a cell. */
const NOWHERE = -1;

const LN2 = LN2_HIGH + LN2_LOW;
const { nodes, write } = ROW_INTERPOLATION;
const END = ROW;

const NONE_KINKED: readonly ReadonlySet<number>[] = GRIDS.map(() => new Set<number>());
/** A curve that says nothing: every amount is asked of the law. */
const ALL_HOLES: Curve = { rows: new Float64Array(ROW).fill(NaN), offset: 0, slope: 0, hasHoles: true, hasKink: false };

/**
 * The curve of `amount`, which has its kinks at the ascending `kinks`, as far as `reach` says. Cells are halved until they are fine
 * enough: those that `series` tells of from the widest on, others from 72 for everything on. What is beyond reach, or is not
 * fine enough at last, or has a kink, is a hole. All rows are of the narrowest cells that there are. A kink that is alone lies
 * where two cells meet: all cells are moved to that.
 */
export function curveOf(amount: AmountAt, series: AmountSeries | null, kinks: readonly number[], reach: Reach): Curve {
  return maker.make(amount, series, kinks, reach);
}

/** A row of coefficients, of a cell that was halved from others. */
interface Leaf {
  readonly grid: Grid;
  readonly cell: number;
  readonly row: Float64Array;
}

/** Where two cells meet: log2 x there, and its series, NaN where there is none. */
class Meeting {
  t = NaN;
  readonly series = new Float64Array(TERMS);
}

/** Makes one curve at a time. What it needs is made once: ten thousand laws would need it ten thousand times. */
class Maker {
  #amount: AmountAt = () => NaN;
  #series: AmountSeries | null = null;
  #kinked = NONE_KINKED;
  /** Down to which cells with kinks are halved. */
  #kinkLevel = PLAIN.level;
  /** The cells that are tried first, and which of them are reached. */
  #grid = PLAIN;
  #first = 0;
  #last = 0;
  /** The narrowest grid that has cells. */
  #narrowest = PLAIN;
  /** By how much all cells are moved, in z, and the finest cell that ends at the kink where two meet. */
  #shift = 0;
  #kinkedEnd = NOWHERE;
  readonly #rows = new Float64Array(PLAIN.cells * ROW);
  readonly #leaves: Leaf[] = [];
  readonly #values = new Float64Array(ROW);
  readonly #row = new Float64Array(ROW);
  #left = new Meeting();
  #right = new Meeting();
  /** The row that amounts are guessed from, and whose it is. */
  readonly #guess = new Float64Array(ROW);
  #guessGrid = PLAIN;
  #guessCell = 0;

  make(amount: AmountAt, series: AmountSeries | null, kinks: readonly number[], reach: Reach): Curve {
    this.#amount = amount;
    this.#series = series;
    const { low, high } = reach;
    const reached = kinks.filter((z) => z > low - MARGIN && z < high + MARGIN);
    const isMet = reached.length === 1 && isNoJump(amount, reached[0]);
    this.#moveTo(isMet ? reached[0] : null);
    const inside = isMet ? kinks.filter((z) => z !== reached[0]) : kinks;
    this.#kinked = inside.length === 0 ? NONE_KINKED : GRIDS.map((grid) => kinkedCells(inside, grid, this.#shift));
    this.#kinkLevel = reached.length > 0 && !isMet ? FINEST.level : PLAIN.level;
    this.#grid = series === null ? PLAIN : WIDEST;
    this.#narrowest = this.#grid;
    const { first, last } = cellsWithin(reach, this.#offsetOf(this.#grid), this.#grid.slope);
    this.#first = first;
    this.#last = last;
    this.#rows.fill(NaN);
    this.#leaves.length = 0;
    this.#guess.fill(NaN);
    this.#left.t = NaN;
    this.#left.series.fill(NaN);
    const parts = FINEST.cells / this.#grid.cells;
    const kinked = [...this.#kinked[FINEST.level]].filter((k) => k >= first * parts && k < (last + 1) * parts);
    if (kinked.length > MOST_HOLES * (last - first + 1) * parts) return ALL_HOLES;
    if (first > 0) this.#meet(this.#left, this.#grid, first - 1, NaN);
    for (let k = first; k <= last; k++) this.#fit(this.#grid, k);
    return this.#curve();
  }

  /** Moves all cells so that two of the widest meet at z, as little as leaves a cell for all that is reached. */
  #moveTo(z: number | null): void {
    this.#shift = 0;
    this.#kinkedEnd = NOWHERE;
    if (z === null) return;
    const parts = WIDEST.width / PLAIN.width;
    const place = WIDEST.offset + WIDEST.slope * z - 0.5;
    // Below the first cell is room for half a plain one, beyond the last for three and a half.
    const k = Math.ceil(place - 0.5 / parts);
    this.#shift = (place - k) * WIDEST.width;
    this.#kinkedEnd = ((k + 1) * FINEST.cells) / WIDEST.cells - 1;
  }

  #offsetOf({ offset, slope }: Grid): number {
    return offset - slope * this.#shift;
  }

  /** Makes the row of a cell, or those of its parts; #left is where it begins, and then where it ends. */
  #fit(grid: Grid, k: number): void {
    const isKinked = this.#kinked[grid.level].has(k);
    const error = interpolationError(this.#left.series, grid.level) * LN2;
    // Infinite, or NaN, where x is an end of its law: the series says nothing then.
    const isTooWide = error > TOLERANCE && error < Infinity;
    if (isKinked ? grid.level < this.#kinkLevel : isTooWide && grid !== FINEST) return this.#halve(grid, k);
    const isContinued = !isKinked && this.#continues(grid, k);
    if (!isContinued && grid.level < PLAIN.level) return this.#halve(grid, k);
    if (grid.level > this.#narrowest.level) this.#narrowest = grid;
    const row = this.#row;
    if (isKinked) row.fill(NaN);
    else this.#write(row, grid, k, isContinued);
    const isHole = Number.isNaN(row[0]);
    if (!isContinued) this.#meet(this.#right, grid, k, isHole ? NaN : exp2(curveAt(row, 0, 0.5, 0)));
    this.#guess.set(row);
    this.#guessGrid = grid;
    this.#guessCell = k;
    if (!isHole) {
      const isFine = isNear(row, -0.5, this.#left.t) && isNear(row, 0.5, this.#right.t);
      if (!isFine && grid !== FINEST) return this.#halve(grid, k);
      if (isFine) this.#keep(grid, k);
    }
    const left = this.#left;
    this.#left = this.#right;
    this.#right = left;
  }

  #halve(grid: Grid, k: number): void {
    const finer = GRIDS[grid.level + 1];
    this.#fit(finer, 2 * k);
    this.#fit(finer, 2 * k + 1);
  }

  /** Whether the series where a cell begins and ends say what is between; then #right is where it ends. */
  #continues(grid: Grid, k: number): boolean {
    const { series } = this.#left;
    if (!converges(series, grid.level)) return false;
    this.#meet(this.#right, grid, k, exp2(seriesAt(series, WIDEST.slope / grid.slope)));
    return converges(this.#right.series, grid.level);
  }

  /** Writes the polynomial through a cell's nodes; NaN where it is of no use. */
  #write(row: Float64Array, grid: Grid, k: number, isContinued: boolean): void {
    const values = this.#values;
    if (isContinued) {
      const width = WIDEST.slope / grid.slope;
      for (let j = 0; j < ROW / 2; j++) values[j] = seriesAt(this.#left.series, (nodes[j] + 0.5) * width);
      for (let j = ROW / 2; j < ROW; j++) values[j] = seriesAt(this.#right.series, (nodes[j] - 0.5) * width);
    } else {
      for (let j = 0; j < ROW; j++) values[j] = this.#log2At(grid, k, j, this.#guessAt(grid, k, POINT_PLACES[j]));
    }
    if (isUsable(values, pointsOf(grid).zs[k * POINTS] + this.#shift)) write(values, row, 0);
    else row.fill(NaN);
  }

  /** Goes to where cell k ends; `near` is a guess of the amount there. */
  #meet(meeting: Meeting, grid: Grid, k: number, near: number): void {
    const amount = this.#amountAt(grid, k, END, near);
    meeting.t = log(amount) / LN2;
    // At a kink there are two, one for either side.
    const isKink = ((k + 1) * FINEST.cells) / grid.cells - 1 === this.#kinkedEnd;
    if (this.#series === null || isKink) meeting.series.fill(NaN);
    else this.#series.write(meeting.series, pointsOf(grid).zs[k * POINTS + END] + this.#shift, amount, meeting.t);
  }

  /** log2 x at a point of a cell. */
  #log2At(grid: Grid, k: number, point: number, near: number): number {
    return log(this.#amountAt(grid, k, point, near)) / LN2;
  }

  #amountAt(grid: Grid, k: number, point: number, near: number): number {
    const at = k * POINTS + point;
    const { zs, tails } = pointsOf(grid);
    if (this.#shift === 0) return this.#amount(zs[at], near, tails[at]);
    return this.#amount(zs[at] + this.#shift, near);
  }

  /** About the amount at d cells from the middle of a cell, from the last row that was made; NaN if that was much narrower. */
  #guessAt(grid: Grid, k: number, d: number): number {
    const from = this.#guessGrid;
    if (from.level > grid.level + MOST_NARROWER) return NaN;
    const position = from === grid ? k + d : (k + d - grid.offset) * (from.slope / grid.slope) + from.offset;
    return exp2(curveAt(this.#guess, 0, position - this.#guessCell, 0));
  }

  #keep(grid: Grid, cell: number): void {
    if (grid === this.#grid) this.#rows.set(this.#row, cell * ROW);
    else this.#leaves.push({ grid, cell, row: this.#row.slice() });
  }

  #curve(): Curve {
    const grid = this.#narrowest;
    const rows = grid === this.#grid ? this.#rows.slice(0, grid.cells * ROW) : this.#parted(grid);
    const parts = grid.cells / this.#grid.cells;
    let holes = 0;
    for (let k = this.#first * parts; k < (this.#last + 1) * parts; k++) if (Number.isNaN(rows[k * ROW])) holes++;
    if (holes > MOST_HOLES * (this.#last - this.#first + 1) * parts) return ALL_HOLES;
    const offset = this.#offsetOf(grid);
    const reached = cellsWithin(EVERYWHERE, offset, grid.slope);
    const hasHoles = holes > 0 || this.#first * parts > reached.first || (this.#last + 1) * parts <= reached.last;
    return { rows, offset, slope: grid.slope, hasHoles, hasKink: this.#kinkedEnd !== NOWHERE };
  }

  /** The rows of a narrower grid. */
  #parted(grid: Grid): Float64Array {
    const rows = new Float64Array(grid.cells * ROW).fill(NaN);
    for (let k = this.#first; k <= this.#last; k++) part(this.#rows, k * ROW, rows, k, grid.cells / this.#grid.cells);
    for (const { grid: of, cell, row } of this.#leaves) part(row, 0, rows, cell, grid.cells / of.cells);
    return rows;
  }
}

function kinkedCells(kinks: readonly number[], { offset, slope }: Grid, shift: number): ReadonlySet<number> {
  return new Set(kinks.flatMap((z) => cellsNear(offset + slope * (z - shift))));
}

function isNoJump(amount: AmountAt, z: number): boolean {
  return Math.abs(log(amount(z + BESIDE) / amount(z - BESIDE))) < NO_JUMP;
}

/** The cell of a position, and its neighbour where rounding could make it that one. */
function cellsNear(position: number): number[] {
  const cell = Math.round(position);
  const rest = position - cell;
  if (rest > 0.49) return [cell, cell + 1];
  return rest < -0.49 ? [cell - 1, cell] : [cell];
}

const maker = new Maker();

/** Writes the row that begins at `at` as those of the `parts` cells that cell k of a wider grid consists of. */
function part(row: Float64Array, at: number, out: Float64Array, k: number, parts: number): void {
  if (Number.isNaN(row[at])) return;
  for (let i = 0; i < parts; i++) {
    const to = (k * parts + i) * ROW;
    const middle = (i + 0.5) / parts - 0.5;
    for (let j = 0; j < ROW; j++) out[to + j] = row[at + j];
    // Horner's scheme again and again gives the coefficients about another point (Knuth 1997, 4.6.4).
    for (let first = 0; first < ROW - 1; first++) {
      for (let j = ROW - 2; j >= first; j--) out[to + j] += middle * out[to + j + 1];
    }
    for (let j = 1, scale = 1 / parts; j < ROW; j++, scale /= parts) out[to + j] *= scale;
  }
}

/**
 * Neither 0 nor beyond what `exp2` takes, shifted; nor all the same, as at an atom, whose amount has to be exact. At the very ends of
 * a law all amounts are the same double too, and nothing is there.
 */
function isUsable(values: Float64Array, z: number): boolean {
  const isFlat = values[0] === values[ROW - 1] && Math.abs(z) < FAR;
  return !isFlat && values.every((t) => Math.abs(t) <= MOST_LOG2 - MOST_SHIFT);
}

/** Whether a row gives `t` at one of its ends; NaN, where there is no cell before, is near. */
function isNear(row: Float64Array, d: number, t: number): boolean {
  return !(Math.abs(curveAt(row, 0, d, 0) - t) * LN2 > TOLERANCE);
}
