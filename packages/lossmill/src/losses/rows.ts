import { BLOCK_TRIALS, type Part, type Plan } from "@lossmill/core";
import { policyLosses } from "../by-policy.ts";

/** Losses of consecutive trials, the first of which is `start`; valid until what takes them has settled. */
export interface Rows {
  readonly start: number;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** By plan line, where the run has it. */
  readonly byPolicy: readonly Float64Array[];
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

/** Numbers of a file's batches at most, whatever they come in: 65,536 rows of losses without policies. */
const BATCH_NUMBERS = 196_608;

/** Passes rows of so many policies on in batches of one length, so that a file does not depend on how they came. */
export function inBatches({ add, end, abandon }: RowsFile, policies: number): RowsFile {
  const most = Math.max(1, Math.floor(BATCH_NUMBERS / (3 + policies)));
  const held = Array.from({ length: 3 + policies }, () => new Float64Array(most));
  let start = 0;
  let count = 0;

  async function pass(): Promise<void> {
    const [total, maxOccurrence, claims, ...byPolicy] = held.map((array) => array.subarray(0, count));
    await add({ start, total, maxOccurrence, claims, byPolicy });
    start += count;
    count = 0;
  }

  return {
    async add({ total, maxOccurrence, claims, byPolicy }) {
      const columns = [total, maxOccurrence, claims, ...byPolicy];
      for (let from = 0; from < total.length;) {
        const to = Math.min(total.length, from + most - count);
        for (const [i, array] of held.entries()) array.set(columns[i].subarray(from, to), count);
        count += to - from;
        from = to;
        if (count === most) await pass();
      }
    },
    async end() {
      if (count > 0) await pass();
      await end();
    },
    abandon,
  };
}

/** The rows of a part. */
export function rowsOf({ block, losses }: Part): Rows {
  const count = block.end - block.start;
  const part = (array: Float64Array) => array.subarray(0, count);
  const lines = losses.byPolicy === undefined ? 0 : losses.byPolicy.length / BLOCK_TRIALS;
  return {
    start: block.start,
    total: part(losses.total),
    maxOccurrence: part(losses.maxOccurrence),
    claims: part(losses.claims),
    byPolicy: Array.from({ length: lines }, (_, i) => policyLosses(losses, i, count)),
  };
}

/** The ids of the policies whose losses a file of `plan` has. */
export function policiesOf(plan: Plan): string[] {
  return plan.outputs.includes("byPolicy") ? plan.lines.map(({ id }) => id) : [];
}
