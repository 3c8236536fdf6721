import { resolve } from "node:path";
import { LossmillError, type ResolvedConfig } from "@lossmill/core";
import { newCheckpoint } from "../checkpoint.ts";
import { lossesFile } from "../losses/losses-file.ts";
import { readPortfolio } from "../read-portfolio.ts";
import { runSimulation } from "../run-simulation.ts";
import type { RunOptions } from "../simulation.ts";
import { type Printing, watchRun } from "./watch-run.ts";

export interface SimulateArguments extends Printing, Pick<RunOptions, "at" | "byPolicy" | "until"> {
  readonly config: ResolvedConfig;
  readonly checkpoint?: { readonly path: string; readonly seconds: number } | undefined;
  readonly losses?: string | undefined;
}

/** `lossmill simulate FILE`. Returns the exit code. */
export async function simulateCommand(path: string, given: SimulateArguments): Promise<number> {
  const { config, at, byPolicy, until } = given;
  if (given.losses !== undefined && given.checkpoint && resolve(given.losses) === resolve(given.checkpoint.path)) {
    const message = "expected another file than --losses";
    throw new LossmillError("BAD_CONFIGURATION", { place: "--checkpoint", message });
  }
  const checkpoint = given.checkpoint && { ...given.checkpoint, file: newCheckpoint(given.checkpoint.path) };
  const losses = given.losses === undefined ? undefined : lossesFile(given.losses, checkpoint !== undefined);
  const portfolio = await readPortfolio(path);
  try {
    return await watchRun(config, given, async (watching) => {
      const simulation = await runSimulation(portfolio, config, {
        at,
        byPolicy,
        until,
        checkpoint,
        losses,
        ...watching,
      });
      await losses?.end(simulation.plan);
      return simulation;
    });
  } finally {
    await losses?.abandon();
  }
}
