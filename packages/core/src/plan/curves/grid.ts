import { smallerTail } from "./amount-at.ts";
import { EVERYWHERE, type Reach } from "./reach.ts";
import { ROW_INTERPOLATION } from "./row-interpolation.ts";

/** The cells of curves. Cell k is all that is nearest to position k = offset + slope · z, and is two cells of the next level. */
export interface Grid {
  readonly level: number;
  readonly cells: number;
  readonly width: number;
  /** The z of the middle of cell 0. */
  readonly firstZ: number;
  readonly offset: number;
  readonly slope: number;
}

const { low: FIRST_Z, high: LAST_Z } = EVERYWHERE;
const WIDEST_CELLS = 18;
const LEVELS = 6;
/** What most laws need. Its cells 0 and 68 have their middles at the ends of what is reached; of the last few nothing is. */
const PLAIN_LEVEL = 2;
const PLAIN_CELLS = 68;

/** The points of a cell at which amounts are computed: the nodes, and the end that it shares with the next. */
export const POINT_PLACES = [...ROW_INTERPOLATION.nodes, 0.5];
export const POINTS = POINT_PLACES.length;

/** All levels, 18 to 576 cells. */
export const GRIDS: readonly Grid[] = Array.from({ length: LEVELS }, (_, level) => {
  const cells = WIDEST_CELLS << level;
  const parts = cells / (WIDEST_CELLS << PLAIN_LEVEL);
  const width = (LAST_Z - FIRST_Z) / PLAIN_CELLS / parts;
  const slope = 1 / width;
  const before = (parts - 1) / 2;
  return {
    level,
    cells,
    width,
    firstZ: FIRST_Z - before * width,
    slope,
    offset: before - FIRST_Z * slope,
  };
});

export const WIDEST = GRIDS[0];
export const PLAIN = GRIDS[PLAIN_LEVEL];
export const FINEST = GRIDS[LEVELS - 1];

/** How many cells a curve of such a slope has. */
export function cellsOf(slope: number): number {
  return Math.round((Math.abs(slope) / WIDEST.slope) * WIDEST_CELLS);
}

/** The first and the last cell that claims reach, of a curve with such a scale. */
export function cellsWithin({ low, high }: Reach, offset: number, slope: number): { first: number; last: number } {
  const cellAt = (z: number) => Math.round(offset + Math.abs(slope) * z);
  return { first: Math.max(0, cellAt(low)), last: Math.min(cellsOf(slope) - 1, cellAt(high)) };
}

/** The z of a grid's points, and their tails. */
export interface Points {
  readonly zs: Float64Array;
  readonly tails: Float64Array;
}
const known: Points[] = [];

/** The points of all cells, made once: 3 to 83 kB. */
export function pointsOf({ level, cells, width, firstZ }: Grid): Points {
  let points = known[level];
  if (points === undefined) {
    const zs = new Float64Array(cells * POINTS);
    for (let i = 0; i < zs.length; i++) zs[i] = firstZ + (Math.floor(i / POINTS) + POINT_PLACES[i % POINTS]) * width;
    points = { zs, tails: zs.map(smallerTail) };
    known[level] = points;
  }
  return points;
}
