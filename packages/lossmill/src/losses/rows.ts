import { BLOCK_TRIALS, type Part, type Plan } from "@lossmill/core";
import { policyLosses } from "../by-policy.ts";

/** Losses of consecutive trials, the first of which is `start`; valid until what takes them is done with them. */
export interface Rows {
  readonly start: number;
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** Of each trial, where the plan's sampling weights them: figures of the rows are means of weight · x. */
  readonly weight?: Float64Array;
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
    ...(losses.weight && { weight: part(losses.weight) }),
    byPolicy: Array.from({ length: lines }, (_, i) => policyLosses(losses, i, count)),
  };
}

/** The columns of `rows` after the claims: the weight, where there is one, and the policies. */
export function furtherOf({ weight, byPolicy }: Rows): readonly Float64Array[] {
  return weight === undefined ? byPolicy : [weight, ...byPolicy];
}

/** Their names, those of policies as `named` makes them. */
export function furtherNames(plan: Plan, named: (id: string) => string): string[] {
  return [...(isWeighted(plan) ? ["weight"] : []), ...policiesOf(plan).map(named)];
}

/** Whether rows of `plan` have a weight. */
export function isWeighted({ sampling }: Plan): boolean {
  return sampling?.method === "importance";
}

/** The ids of the policies whose losses a file of `plan` has. */
function policiesOf(plan: Plan): string[] {
  return plan.outputs.includes("byPolicy") ? plan.lines.map(({ id }) => id) : [];
}
