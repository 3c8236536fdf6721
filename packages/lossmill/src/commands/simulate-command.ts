import type { ResolvedConfig } from "@lossmill/core";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { lossesFile } from "../losses/losses-file.ts";
import { printable } from "../print/printable.ts";
import { simulationText } from "../print/simulation-text.ts";
import { blockLine, chosenText, finishedText, worstTrialsText } from "../print/verbose-text.ts";
import { readPortfolio } from "../read-portfolio.ts";
import { type Simulation, runSimulation } from "../simulate.ts";

export interface SimulateArguments {
  readonly config: ResolvedConfig;
  readonly at?: readonly number[] | undefined;
  readonly json: boolean;
  readonly losses?: string | undefined;
}

/** `lossmill simulate FILE`. Returns the exit code. */
export async function simulateCommand(path: string, given: SimulateArguments): Promise<number> {
  const { config, at, json } = given;
  const { verbose } = config;
  const output = given.losses === undefined ? null : lossesFile(given.losses);
  const portfolio = await readPortfolio(path);
  // The bar's library takes as long to load as a small book to simulate.
  const { progressBar } = verbose > 0 && process.stderr.isTTY ? await import("../progress.ts") : {};
  const progress = progressBar?.(process.stderr);
  const interrupt = onInterrupt();
  let simulation: Simulation;
  try {
    simulation = await runSimulation(portfolio, config, {
      ...(at && { at }),
      signal: interrupt.signal,
      onStart: verbose > 1 ? (plan, choice) => log(chosenText(plan, config, choice)) : undefined,
      onNote: ({ isWarning, message }) => {
        if (isWarning && verbose > 0) log(`lossmill: warning: ${printable(message)}`);
        else if (verbose > 1) log(`threads      ${message}`);
      },
      onPart: (part, plan) => {
        progress?.advance(part, plan);
        if (verbose > 2) log(blockLine(part));
      },
    });
  } finally {
    progress?.end();
    interrupt.release();
  }
  await output?.write(simulation.losses, simulation.plan);
  if (verbose > 1) log(finishedText(simulation));
  if (verbose > 2) log(worstTrialsText(simulation));
  const { result } = simulation;
  const text = json ? JSON.stringify(result, null, 2) : simulationText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return result.complete ? 0 : INTERRUPTED;
}

function log(text: string): void {
  process.stderr.write(`${text}\n`);
}
