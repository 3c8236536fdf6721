import { LossmillError, type ResolvedConfig } from "@lossmill/core";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { lossesFile } from "../losses/losses-file.ts";
import { simulationText } from "../print/simulation-text.ts";
import { blockLine, chosenText, finishedText, worstTrialsText } from "../print/verbose-text.ts";
import { progressBar } from "../progress.ts";
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
  const portfolio = readPortfolio(path);
  const progress = verbose > 0 ? progressBar(process.stderr) : null;
  const interrupt = onInterrupt();
  let simulation: Simulation;
  try {
    simulation = await runSimulation(portfolio, config, {
      ...(at && { at }),
      signal: interrupt.signal,
      onStart: verbose > 1 ? (plan, choice) => log(chosenText(plan, config, choice)) : undefined,
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

/** Reads `--at`: levels in per cent above 1 (99.5) or as probabilities (0.995), separated by commas. */
export function parseLevels(text: string): number[] {
  return text.split(",").map((part) => {
    const match = /^\s*(\d+)(?:\.(\d+))?\s*$/.exec(part);
    const found = match ? Number(part) : Number.NaN;
    const p = found < 1 ? found : percent(match);
    if (p > 0 && p < 1) return p;
    throw new LossmillError("BAD_CONFIGURATION", {
      place: "--at",
      message: `expected levels such as 99.5 or 0.995, separated by commas, found ${JSON.stringify(part)}`,
    });
  });
}

/** A percentage as the probability with the shifted decimal: "99.5" is 0.995 and not 99.5 / 100. */
function percent(match: RegExpExecArray | null): number {
  if (!match) return Number.NaN;
  return Number(`${match[1]}${match[2] === undefined ? "" : `.${match[2]}`}e-2`);
}
