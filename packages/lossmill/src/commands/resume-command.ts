import type { ResolvedConfig } from "@lossmill/core";
import { readCheckpoint } from "../checkpoint.ts";
import { resumeSimulation } from "../run-simulation.ts";
import { type Printing, watchRun } from "./watch-run.ts";

/** `lossmill resume FILE`: goes on with a run that was saved, and saves it as it goes. Returns the exit code. */
export async function resumeCommand(
  path: string,
  config: ResolvedConfig,
  given: Printing & { readonly seconds: number },
): Promise<number> {
  const checkpoint = readCheckpoint(path);
  const source = "checkpoint";
  const sources = { ...config.sources, trials: source, seed: source, horizon: source, optimizationLevel: source };
  const { until } = checkpoint.asked;
  return await watchRun({ ...config, sources }, { ...given, until }, (watching) =>
    resumeSimulation(checkpoint, config, { ...watching, checkpoint: { path, seconds: given.seconds } }),
  );
}
