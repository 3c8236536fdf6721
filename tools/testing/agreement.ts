// How closely our backends agree, trial by trial, more strictly than they promise (docs/numerics.md).
import { type Backend, type Collected, type Plan, groundUpPlan } from "../../packages/core/src/index.ts";
import { runWhole } from "../../packages/harness/src/conformance/book.ts";

export { runWhole as runOf } from "../../packages/harness/src/conformance/book.ts";
export { beginning, firstDifference } from "../../packages/harness/src/conformance/same-bits.ts";

export interface Agreement {
  /** The largest |a − b| of total, largest claim, a control or a policy's loss, over the trial's ground-up sum. */
  readonly worst: number;
  /** Trials with another number of paying claims, and how many of those no claim at its threshold explains. */
  readonly differing: number;
  readonly unexplained: number;
}

/** A claim this near its threshold, relative to the trial's ground-up sum, may pay in one backend and not in another. */
const AT_THRESHOLD = 1e-12;

function amountsOf({ losses }: Collected): readonly Float64Array[] {
  return [losses.total, losses.maxOccurrence, ...(losses.controls ?? []), ...(losses.byPolicy ?? [])];
}

/** How closely run `b` keeps to run `a` of the same plan; `definition` computes the ground-up sums. */
export async function agreementOf(definition: Backend, plan: Plan, a: Collected, b: Collected): Promise<Agreement> {
  const groundUp = (await runWhole(definition, groundUpPlan(plan))).losses.total;
  const pairs = amountsOf(a).map((left, i) => [left, amountsOf(b)[i]] as const);
  let worst = 0;
  let differing = 0;
  let unexplained = 0;
  for (let t = 0; t < a.trials; t++) {
    let largest = 0;
    for (const [left, right] of pairs) {
      if (left[t] !== right[t]) largest = Math.max(largest, Math.abs(left[t] - right[t]) / groundUp[t]);
    }
    worst = Math.max(worst, largest);
    if (a.losses.claims[t] === b.losses.claims[t]) continue;
    differing++;
    // What pays in one of them only pays next to nothing, but something: counts that differ alone are wrong.
    if (!(largest > 0 && largest <= AT_THRESHOLD)) unexplained++;
  }
  return { worst, differing, unexplained };
}
