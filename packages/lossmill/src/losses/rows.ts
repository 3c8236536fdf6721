import { BLOCK_TRIALS, type Part, type Plan } from "@lossmill/core";
import { policyLosses } from "../by-policy.ts";

/** Losses of consecutive trials, the first of which is `start`; valid until what takes them is done with them. */
export interface Rows {
  readonly start: number;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** By plan line, where the run has it. */
  readonly byPolicy: readonly Float64Array[];
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
