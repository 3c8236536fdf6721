import type { Losses } from "../contract.ts";
import { BLOCK_TRIALS } from "./block.ts";
import { CONTROLS } from "../sampling/control.ts";
import type { Plan } from "./plan.ts";

/** How many numbers a trial of `plan` has. */
export function numbersOfTrial(plan: Plan): number {
  const { weight, controls, byPolicy } = extras(plan);
  return 3 + weight + controls + byPolicy;
}

/** The losses of a block of `plan`, in arrays that `take` makes: it is told how many blocks of numbers go into each. */
export function lossesIn(plan: Plan, take: (blocks: number) => Float64Array): Losses {
  const { weight, controls, byPolicy } = extras(plan);
  return {
    total: take(1),
    maxOccurrence: take(1),
    claims: take(1),
    ...(weight > 0 && { weight: take(weight) }),
    ...(controls > 0 && { controls: take(controls) }),
    ...(byPolicy > 0 && { byPolicy: take(byPolicy) }),
  };
}

/** The arrays that a kernel fills for one block of `plan`. */
export function lossesFor(plan: Plan): Losses {
  return lossesIn(plan, (blocks) => new Float64Array(blocks * BLOCK_TRIALS));
}

/** Bytes of the arrays of one block of `plan`. */
export function blockBytes(plan: Plan): number {
  return 8 * BLOCK_TRIALS * numbersOfTrial(plan);
}

/**
 * Whether a kernel may leave out largest claims and numbers of claims: the plan names neither, and no sampling looks at them
 * when it ends a block.
 */
export function areTotalsAlone({ outputs, sampling }: Plan): boolean {
  return !sampling && !outputs.includes("maxOccurrence") && !outputs.includes("claims");
}

/** What a trial has besides its total, largest claim and claims. */
function extras({ sampling, outputs, lines }: Plan) {
  return {
    weight: sampling?.method === "importance" ? 1 : 0,
    controls: sampling?.method === "control" ? CONTROLS : sampling?.method === "conditional" ? 1 : 0,
    byPolicy: outputs.includes("byPolicy") ? lines.length : 0,
  };
}
