import type { Plan } from "@lossmill/core";
import { type Rows, furtherNames, furtherOf, isWeighted } from "./rows.ts";

/** Numbers of a batch at most: 65,536 rows of losses without policies. */
const BATCH_NUMBERS = 196_608;

/** The rows of a batch that is not full yet, as plain numbers. */
export interface SavedRows {
  /** The first one's trial. */
  readonly start: number;
  /** Column after column. */
  readonly held: Float64Array;
}

/** Batches of one length, whatever rows come in, so that a file does not depend on how they came. */
export interface RowBatches {
  /** Takes the next rows; gives the batches that they fill, each valid until the next one is asked for. */
  readonly add: (rows: Rows) => Iterable<Rows>;
  /** What is held of a batch that is not full. */
  readonly rest: () => Rows;
  readonly save: () => SavedRows;
}

/** Batches of rows of a plan, on from what was saved. */
export function rowBatches(plan: Plan, saved: SavedRows): RowBatches {
  const hasWeight = isWeighted(plan);
  const width = 3 + furtherNames(plan, (id) => id).length;
  const most = Math.max(1, Math.floor(BATCH_NUMBERS / width));
  const columns = Array.from({ length: width }, () => new Float64Array(most));
  let start = saved.start;
  let count = saved.held.length / width;
  for (const [i, column] of columns.entries()) column.set(saved.held.subarray(i * count, (i + 1) * count));

  function rest(): Rows {
    const [total, maxOccurrence, claims, ...further] = columns.map((column) => column.subarray(0, count));
    const rows = { start, total, maxOccurrence, claims };
    return hasWeight ? { ...rows, weight: further[0], byPolicy: further.slice(1) } : { ...rows, byPolicy: further };
  }

  return {
    *add(rows) {
      const { total, maxOccurrence, claims } = rows;
      const added = [total, maxOccurrence, claims, ...furtherOf(rows)];
      for (let from = 0; from < total.length;) {
        const to = Math.min(total.length, from + most - count);
        for (const [i, column] of columns.entries()) column.set(added[i].subarray(from, to), count);
        count += to - from;
        from = to;
        if (count < most) continue;
        yield rest();
        start += count;
        count = 0;
      }
    },
    rest,
    save() {
      const held = new Float64Array(width * count);
      for (const [i, column] of columns.entries()) held.set(column.subarray(0, count), i * count);
      return { start, held };
    },
  };
}
