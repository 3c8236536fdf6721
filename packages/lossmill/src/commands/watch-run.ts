import { type Part, type Plan, type ResolvedConfig, type Summary, mergeSummaries } from "@lossmill/core";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { simulationText } from "../print/simulation-text.ts";
import { textTeller } from "../print/teller.ts";
import type { RunOptions, Simulation } from "../simulation.ts";
import { worstTrials } from "../worst-trials.ts";

type Watching = Pick<RunOptions, "signal" | "onStart" | "onNote" | "onPart">;

const WORST = 10;
/** Blocks after which the mean is told at `-v 2`; then after twice as many, and so on. */
const FIRST_TOLD = 64;

/** How a run is printed. */
export interface Printing {
  /** Its result as one JSON object. */
  readonly json: boolean;
  /** How it goes as lines of JSON. */
  readonly logsJson: boolean;
}

/** Runs a simulation, tells how it goes as `-v` asks for, and prints its result. Returns the exit code. */
export async function watchRun(
  config: ResolvedConfig,
  { json, logsJson }: Printing,
  run: (watching: Watching) => Promise<Simulation>,
): Promise<number> {
  const { verbose } = config;
  // The bar's library takes as long to load as a small book to simulate.
  const showsBar = verbose > 0 && process.stderr.isTTY && !logsJson;
  const { progressBar } = showsBar ? await import("../progress.ts") : {};
  const teller = logsJson ? (await import("../print/json-teller.ts")).jsonTeller(verbose) : textTeller(verbose);
  const progress = progressBar?.(process.stderr);
  const interrupt = onInterrupt();
  const worst = worstTrials(WORST);
  const tellMean = convergence(teller.soFar);
  let simulation: Simulation;
  try {
    simulation = await run({
      signal: interrupt.signal,
      onStart: (plan, choice) => teller.started(plan, config, choice),
      onNote: teller.note,
      onPart: (part: Part, plan: Plan) => {
        progress?.advance(part, plan);
        tellMean(part);
        teller.block(part);
        if (verbose > 2) worst.add(part);
      },
    });
  } finally {
    progress?.end();
    interrupt.release();
  }
  teller.finished(simulation);
  teller.worst(worst.found());
  const { result } = simulation;
  const text = json ? JSON.stringify(result, null, 2) : simulationText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return result.complete ? 0 : INTERRUPTED;
}

/** Tells what is known so far, ever less often. */
function convergence(soFar: (summary: Summary) => void): (part: Part) => void {
  let summary: Summary | null = null;
  let blocks = 0;
  let next = FIRST_TOLD;
  return (part) => {
    summary = summary === null ? part.summary : mergeSummaries(summary, part.summary);
    if (++blocks < next) return;
    next *= 2;
    soFar(summary);
  };
}
