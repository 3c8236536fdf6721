import type { Output, Plan } from "@lossmill/core";
import type { RunOptions } from "./simulation.ts";

/** What a report is made of. */
const REPORTED: readonly Output[] = ["total", "maxOccurrence"];

/** The plan whose losses are kept: where nobody asks for them only those that a report is made of. Fresh memory is slow. */
export function keptPlan(plan: Plan, { keepsLosses }: RunOptions): Plan {
  if (keepsLosses === true) return plan;
  return { ...plan, outputs: plan.outputs.filter((output) => REPORTED.includes(output)) };
}
