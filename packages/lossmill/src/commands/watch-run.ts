import { type Part, type Plan, type ResolvedConfig, type Summary, mergeSummaries } from "@lossmill/core";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { printable } from "../print/printable.ts";
import { simulationText } from "../print/simulation-text.ts";
import { blockLine, chosenText, convergenceText, finishedText, worstTrialsText } from "../print/verbose-text.ts";
import type { RunOptions, Simulation } from "../simulate.ts";
import { worstTrials } from "../worst-trials.ts";

type Watching = Pick<RunOptions, "signal" | "onStart" | "onNote" | "onPart">;

const WORST = 10;
/** Blocks after which the mean is told at `-v 2`; then after twice as many, and so on. */
const FIRST_TOLD = 64;

/** Runs a simulation, tells how it goes as `-v` asks for, and prints its result. Returns the exit code. */
export async function watchRun(
  config: ResolvedConfig,
  json: boolean,
  run: (watching: Watching) => Promise<Simulation>,
): Promise<number> {
  const { verbose } = config;
  // The bar's library takes as long to load as a small book to simulate.
  const { progressBar } = verbose > 0 && process.stderr.isTTY ? await import("../progress.ts") : {};
  const progress = progressBar?.(process.stderr);
  const interrupt = onInterrupt();
  const worst = worstTrials(WORST);
  const tell = convergence();
  let simulation: Simulation;
  try {
    simulation = await run({
      signal: interrupt.signal,
      onStart: verbose > 1 ? (plan, choice) => log(chosenText(plan, config, choice)) : undefined,
      onNote: ({ isWarning, message }) => {
        if (isWarning && verbose > 0) log(`lossmill: warning: ${printable(message)}`);
        else if (verbose > 1) log(`threads      ${message}`);
      },
      onPart: (part: Part, plan: Plan) => {
        progress?.advance(part, plan);
        if (verbose > 1) tell(part);
        if (verbose < 3) return;
        log(blockLine(part));
        worst.add(part);
      },
    });
  } finally {
    progress?.end();
    interrupt.release();
  }
  if (verbose > 1) log(finishedText(simulation));
  if (verbose > 2) log(worstTrialsText(worst.found()));
  const { result } = simulation;
  const text = json ? JSON.stringify(result, null, 2) : simulationText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return result.complete ? 0 : INTERRUPTED;
}

/** Tells the mean so far, ever less often. */
function convergence(): (part: Part) => void {
  let summary: Summary | null = null;
  let blocks = 0;
  let next = FIRST_TOLD;
  return (part) => {
    summary = summary === null ? part.summary : mergeSummaries(summary, part.summary);
    if (++blocks < next) return;
    next *= 2;
    log(convergenceText(summary));
  };
}

function log(text: string): void {
  process.stderr.write(`${text}\n`);
}
