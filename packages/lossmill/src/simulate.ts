import { type SimulationConfig, type TrialLosses, checkPortfolio, resolveConfig } from "@lossmill/core";
import { runSimulation } from "./run-simulation.ts";
import type { SimulateOptions, SimulationResult, StreamSimulateOptions } from "./simulation.ts";

/**
 * Simulates a portfolio's annual losses, all of which come with the result.
 *
 * @param portfolio a portfolio as an object: see docs/portfolio.md
 * @throws LossmillError with a stable `code` for bad input
 */
export async function simulate(
  portfolio: unknown,
  config: SimulationConfig = {},
  options: SimulateOptions = {},
): Promise<SimulationResult & { readonly losses: TrialLosses }> {
  const resolved = resolveConfig(config, options.environment);
  const { result, losses } = await runSimulation(checkPortfolio(portfolio), resolved, {
    ...options,
    keepsLosses: true,
  });
  return { ...result, losses: losses! };
}

/**
 * Simulates a portfolio's annual losses in constant memory, until the trials are done or `until` is met; without either,
 * until the signal. The losses themselves can be seen as they go by, by `onPart`.
 */
export async function simulateStream(
  portfolio: unknown,
  config: SimulationConfig = {},
  options: StreamSimulateOptions = {},
): Promise<SimulationResult> {
  const resolved = resolveConfig({ backend: "streaming", ...config }, options.environment);
  const { result } = await runSimulation(checkPortfolio(portfolio), resolved, { ...options, isStream: true });
  return result;
}
