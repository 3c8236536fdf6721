import { cellOf, curveAt, exp2 } from "../recipe.ts";
import { withRoom } from "../with-room.ts";
import { PIECE, piecesOf } from "./pieces.ts";

const { middle: MIDDLE, scale: SCALE, plus: PLUS, times: TIMES, fields: FIELDS } = PIECE;
/** A cell is so many buckets, each of which knows its first piece: most have but one. */
const BUCKETS = 32;

/** What a law's holes are filled from: pieces of cells, made when the first claim is there, since many a cell is far out. */
export class Filler {
  readonly #amount: (z: number) => number;
  readonly #offset: number;
  readonly #slope: number;
  /** The positions of kinks. */
  readonly #cuts: Float64Array;
  /** By cell, where its buckets begin; −1 for cells that are not made yet. */
  readonly #starts: Int32Array;
  #buckets = new Int32Array(4 * BUCKETS);
  #usedBuckets = 0;
  /** By piece. */
  #ends = new Float64Array(8);
  #rows = new Float64Array(8 * FIELDS);
  #count = 0;
  /** By claim. */
  #positions = new Float64Array(0);
  #places = new Int32Array(0);

  /** `amount` is a function of z. */
  constructor(
    amount: (z: number) => number,
    kinks: readonly number[],
    { offset, slope, cells }: { readonly offset: number; readonly slope: number; readonly cells: number },
  ) {
    this.#amount = amount;
    this.#offset = offset;
    this.#slope = slope;
    this.#cuts = Float64Array.from(kinks, (z) => slope * z + offset);
    this.#starts = new Int32Array(cells).fill(-1);
  }

  /** Writes x[i] = scale times the amount at sign · z[i] for the first `n` of `list`, all in holes. */
  fill(list: Int32Array, n: number, sign: number, scale: number, z: Float64Array, x: Float64Array): void {
    this.#positions = withRoom(this.#positions, n);
    this.#places = withRoom(this.#places, n);
    const positions = this.#positions;
    toPositions(positions, list, n, sign * this.#slope, this.#offset, z);
    const starts = this.#starts;
    for (let k = 0; k < n; k++) {
      k = findPieces(this.#places, positions, k, n, starts, this.#buckets, this.#ends);
      // That one is in a cell which is not made yet.
      if (k < n) this.#makeCell(cellOf(positions[k--]));
    }
    if (!evaluate(x, list, n, scale, positions, this.#places, this.#rows)) return;
    for (let k = 0; k < n; k++) {
      if (Number.isNaN(x[list[k]])) x[list[k]] = scale * this.#amount(sign * z[list[k]]);
    }
  }

  #makeCell(cell: number): void {
    const amountAt = (position: number) => this.#amount((position - this.#offset) / this.#slope);
    const pieces = piecesOf(amountAt, cell, this.#cuts);
    this.#ends = withRoom(this.#ends, this.#count + pieces.length);
    this.#rows = withRoom(this.#rows, (this.#count + pieces.length) * FIELDS);
    this.#buckets = withRoom(this.#buckets, this.#usedBuckets + BUCKETS);
    this.#starts[cell] = this.#usedBuckets;
    let bucket = 0;
    for (const { end, row } of pieces) {
      for (; bucket < BUCKETS && bucket <= bucketOf(end, cell); bucket++) {
        this.#buckets[this.#usedBuckets + bucket] = this.#count;
      }
      this.#ends[this.#count] = end;
      this.#rows.set(row, this.#count * FIELDS);
      this.#count++;
    }
    this.#usedBuckets += BUCKETS;
  }
}

/** The bucket of a position in a cell, whose end belongs to the last one. */
function bucketOf(position: number, cell: number): number {
  return Math.min(BUCKETS - 1, ((position - cell + 0.5) * BUCKETS) | 0);
}

// Short loops without calls: the engine keeps what they need in registers.

function toPositions(out: Float64Array, list: Int32Array, n: number, slope: number, offset: number, z: Float64Array) {
  for (let k = 0; k < n; k++) out[k] = slope * z[list[k]] + offset;
}

/**
 * Where the row of each position's piece begins, from the `first` on up to the first whose cell is not made; returns how far it
 * came.
 */
function findPieces(
  out: Int32Array,
  positions: Float64Array,
  first: number,
  n: number,
  starts: Int32Array,
  buckets: Int32Array,
  ends: Float64Array,
): number {
  for (let k = first; k < n; k++) {
    const position = positions[k];
    const cell = cellOf(position);
    const start = starts[cell];
    if (start < 0) return k;
    let piece = buckets[start + bucketOf(position, cell)];
    while (position > ends[piece]) piece++;
    out[k] = piece * FIELDS;
  }
  return n;
}

/** The amounts by piece; returns whether the law itself has to be asked for some, which are NaN. */
function evaluate(
  x: Float64Array,
  list: Int32Array,
  n: number,
  scale: number,
  positions: Float64Array,
  places: Int32Array,
  rows: Float64Array,
): boolean {
  let hasOthers = 0;
  for (let k = 0; k < n; k++) {
    const at = places[k];
    const t = curveAt(rows, at, (positions[k] - rows[at + MIDDLE]) * rows[at + SCALE], 0);
    const found = (exp2(t) * rows[at + TIMES] + rows[at + PLUS]) * scale;
    x[list[k]] = found;
    hasOthers |= Number(found !== found);
  }
  return hasOthers !== 0;
}
