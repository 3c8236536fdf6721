import type { Losses, TrialLosses } from "@lossmill/core";

/** Losses of consecutive trials, the first of which is `start`; valid until what takes them has settled. */
export interface Rows {
  readonly start: number;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
}

/** A file in the making. */
export interface RowsFile {
  /** Takes the next rows; settles when there is room for more. */
  readonly add: (rows: Rows) => Promise<void>;
  /** Completes the file. */
  readonly end: () => Promise<void>;
  /** Lets go of the file as it is. */
  readonly abandon: () => Promise<void>;
}

/** Rows of a file's batches, whatever they come in. */
const BATCH = 65_536;

/** Passes rows on in batches of 65,536, so that a file does not depend on how they came. */
export function inBatches({ add, end, abandon }: RowsFile): RowsFile {
  const batch = () => new Float64Array(BATCH);
  const held = { total: batch(), maxOccurrence: batch(), claims: batch() };
  let start = 0;
  let count = 0;

  async function pass(): Promise<void> {
    const { total, maxOccurrence, claims } = held;
    const part = (array: Float64Array) => array.subarray(0, count);
    await add({ start, total: part(total), maxOccurrence: part(maxOccurrence), claims: part(claims) });
    start += count;
    count = 0;
  }

  return {
    async add({ total, maxOccurrence, claims }) {
      for (let from = 0; from < total.length;) {
        const to = Math.min(total.length, from + BATCH - count);
        held.total.set(total.subarray(from, to), count);
        held.maxOccurrence.set(maxOccurrence.subarray(from, to), count);
        held.claims.set(claims.subarray(from, to), count);
        count += to - from;
        from = to;
        if (count === BATCH) await pass();
      }
    },
    async end() {
      if (count > 0) await pass();
      await end();
    },
    abandon,
  };
}

/** The first `count` trials of a block. */
export function rowsOf(start: number, count: number, { total, maxOccurrence, claims }: Losses | TrialLosses): Rows {
  const part = (array: Float64Array) => array.subarray(0, count);
  return { start, total: part(total), maxOccurrence: part(maxOccurrence), claims: part(claims) };
}
