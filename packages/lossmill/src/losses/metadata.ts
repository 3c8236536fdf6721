import type { Plan } from "@lossmill/core";

/** What reproduces a losses file, as key and value. */
export function fileMetadata({
  portfolio,
  currency,
  seed,
  generator = "pcg64",
  horizon,
  optimizationLevel,
  sampling,
}: Plan): Map<string, string> {
  return new Map<string, string>([
    ["lossmill.portfolio", portfolio],
    ["lossmill.currency", currency],
    ["lossmill.seed", seed],
    ["lossmill.generator", generator],
    ["lossmill.horizon", String(horizon)],
    ["lossmill.optimizationLevel", String(optimizationLevel)],
    ...(sampling === undefined ? [] : ([["lossmill.sampling", sampling.method]] as const)),
    ...(sampling?.method === "importance" && sampling.level !== undefined
      ? ([["lossmill.samplingLevel", String(sampling.level)]] as const)
      : []),
  ]);
}
