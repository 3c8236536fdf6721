import type { Plan } from "@lossmill/core";

/** What reproduces a losses file, as key and value. */
export function fileMetadata(plan: Plan): Map<string, string> {
  return new Map([
    ["lossmill.portfolio", plan.portfolio],
    ["lossmill.currency", plan.currency],
    ["lossmill.seed", plan.seed],
    ["lossmill.horizon", String(plan.horizon)],
    ["lossmill.optimizationLevel", String(plan.optimizationLevel)],
  ]);
}
