import type { ResolvedConfig } from "@lossmill/core";
import { readCheckpoint } from "../checkpoint.ts";
import { resumeLosses } from "../losses/losses-file.ts";
import { resumeSimulation } from "../run-simulation.ts";
import { type Printing, watchRun } from "./watch-run.ts";

/** `lossmill resume FILE`: goes on with a run that was saved, and saves it as it goes. Returns the exit code. */
export async function resumeCommand(
  path: string,
  config: ResolvedConfig,
  given: Printing & { readonly seconds: number },
): Promise<number> {
  const { checkpoint, file } = readCheckpoint(path);
  const losses = checkpoint.losses && (await resumeLosses(checkpoint.losses));
  const source = "checkpoint";
  const sources = {
    ...config.sources,
    trials: source,
    seed: source,
    generator: source,
    horizon: source,
    optimizationLevel: source,
  };
  const { until } = checkpoint.asked;
  try {
    return await watchRun({ ...config, sources }, { ...given, until }, async (watching) => {
      const saving = { file, seconds: given.seconds };
      const simulation = await resumeSimulation(checkpoint, config, { ...watching, losses, checkpoint: saving });
      await losses?.end(simulation.plan);
      return simulation;
    });
  } finally {
    await losses?.abandon();
  }
}
