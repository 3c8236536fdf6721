import { parseUntil } from "@lossmill/backend-streaming";
import { type ClaimForms, type Part, type Plan, type ResolvedConfig, claimForms } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { simulationText } from "../print/simulation-text.ts";
import { type Teller, textTeller } from "../print/teller.ts";
import type { RunOptions, Simulation } from "../simulation.ts";
import { worstTrials } from "../worst-trials.ts";

export type Watching = Pick<RunOptions, "signal" | "onStart" | "onCompiled" | "onNote" | "onPart" | "onLook">;

const WORST = 10;

/** How a run is printed. */
export interface Printing {
  /** Its result as one JSON object. */
  readonly json: boolean;
  /** How it goes as lines of JSON. */
  readonly logsJson: boolean;
}

/** What is seen of a run, and where it goes. */
export interface Watched extends Pick<Printing, "logsJson"> {
  readonly config: ResolvedConfig;
  /** The rule that ends the run. */
  readonly until?: string | undefined;
  readonly stderr: NodeJS.WriteStream & { readonly fd: number };
}

/** Runs a simulation, tells how it goes as `-v` asks for, and prints its result. Returns the exit code. */
export async function watchRun(
  config: ResolvedConfig,
  given: Printing & Pick<Watched, "until">,
  run: (watching: Watching) => Promise<Simulation>,
): Promise<number> {
  const interrupt = onInterrupt();
  let simulation: Simulation;
  try {
    simulation = await watch({ ...given, config, stderr: process.stderr }, interrupt.signal, run);
  } finally {
    interrupt.release();
  }
  const { result } = simulation;
  const text = given.json ? JSON.stringify(result, null, 2) : simulationText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return result.complete ? 0 : INTERRUPTED;
}

/** Runs a simulation and tells on standard error how it goes. */
export async function watch(
  { config, until, logsJson, stderr }: Watched,
  signal: AbortSignal | undefined,
  run: (watching: Watching) => Promise<Simulation>,
): Promise<Simulation> {
  const { verbose } = config;
  // The bar's library takes as long to load as a small book to simulate.
  const showsBar = verbose > 0 && stderr.isTTY && !logsJson;
  const { progressBar } = showsBar ? await import("../progress.ts") : {};
  const progress = progressBar?.(stderr, until === undefined ? undefined : parseUntil(until));
  const write = (text: string) => void (progress ?? stderr).write(text);
  const teller: Teller = logsJson
    ? (await import("../print/json-teller.ts")).jsonTeller(verbose, stderr.fd)
    : textTeller(verbose, write);
  const worst = worstTrials(WORST);
  let forms: ClaimForms | null = null;
  let started: { readonly plan: Plan; readonly choice: Choice } | null = null;
  let simulation: Simulation;
  try {
    simulation = await run({
      ...(signal && { signal }),
      onStart(plan, choice) {
        started = { plan, choice };
        progress?.start();
        teller.started(plan, config, choice);
      },
      onNote: teller.note,
      onPart(part: Part, plan: Plan) {
        progress?.advance(part, plan);
        if (verbose < 3) return;
        teller.block(part);
        worst.add(part);
      },
      ...(verbose > 1 && {
        onCompiled(compiled) {
          // Naive asks the laws for everything, whatever there is.
          if (started && started.choice.kernel !== "naive") forms = claimForms(started.plan, compiled);
        },
      }),
      ...((verbose > 1 || (progress && until !== undefined)) && {
        onLook(look) {
          progress?.look(look);
          teller.look(look);
        },
      }),
    });
  } finally {
    progress?.end();
  }
  teller.finished(simulation, forms);
  teller.worst(worst.found());
  return simulation;
}
