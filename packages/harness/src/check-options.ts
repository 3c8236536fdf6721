import { type Backend, LossmillError, type OptimizationLevel, type Plan } from "@lossmill/core";

/** Throws BAD_PLAN or BAD_CONFIGURATION where there is nothing to verify. */
export function checkOptions(
  definition: Plan,
  backends: readonly Backend[],
  levels: readonly OptimizationLevel[],
): void {
  const { trials, optimizationLevel, outputs } = definition;
  if (trials === null) refusePlan("trials", "an endless run cannot be verified");
  if (optimizationLevel !== 0) refusePlan("optimizationLevel", `expected 0, found ${optimizationLevel}`);
  for (const output of ["total", "maxOccurrence", "claims"] as const) {
    if (!outputs.includes(output)) refusePlan("outputs", `expected ${output} among them`);
  }
  const names = backends.map(({ name }) => name);
  if (names.length === 0) refuseConfiguration("backends", "expected at least one");
  if (new Set(names).size < names.length) refuseConfiguration("backends", `names differ, found ${names.join(", ")}`);
  if (levels.length === 0) refuseConfiguration("levels", "expected at least one");
}

function refusePlan(place: string, message: string): never {
  throw new LossmillError("BAD_PLAN", { place, message });
}

function refuseConfiguration(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
