import type { ResolvedConfig } from "@lossmill/core";
import { readCheckpoint } from "../checkpoint.ts";
import { resumeSimulation } from "../simulate.ts";
import { watchRun } from "./watch-run.ts";

/** `lossmill resume FILE`: goes on with a run that was saved, and saves it as it goes. Returns the exit code. */
export async function resumeCommand(
  path: string,
  config: ResolvedConfig,
  given: { readonly json: boolean; readonly seconds: number },
): Promise<number> {
  const checkpoint = readCheckpoint(path);
  return await watchRun(config, given.json, (watching) =>
    resumeSimulation(checkpoint, config, { ...watching, checkpoint: { path, seconds: given.seconds } }),
  );
}
