import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { isSupported } from "@lossmill/backend-wasm";
import { availableCores, workers } from "@lossmill/backend-workers";
import { LossmillError } from "@lossmill/core";
import { type Measure, type Tuned, tune } from "@lossmill/harness";
import { KERNELS } from "../backends.ts";
import { checkOutputPlace } from "../check-output-place.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { tellOver } from "../print/one-line.ts";
import { printable } from "../print/printable.ts";
import { tuneText } from "../print/tune-text.ts";
import { reasonOf } from "../read-portfolio.ts";
import { type TuningFile, thisMachine, tuningPath } from "../tuning/tuning.ts";

const run = promisify(execFile);

export interface TuneArguments {
  readonly rounds: number;
  readonly out?: string | undefined;
  readonly json: boolean;
  /** How a run is measured: by default in a process of its own. */
  readonly measure?: Measure;
}

/** `lossmill tune`: measures this machine and writes what runs cost here. Returns the exit code. */
export async function tuneCommand({ rounds, out, json, measure }: TuneArguments): Promise<number> {
  const path = out === undefined ? tuningPath() : resolve(out);
  checkPlace(path, out === undefined);
  const interrupt = onInterrupt();
  const folder = mkdtempSync(join(tmpdir(), "lossmill-tune-"));
  const cores = availableCores();
  let tuned: Tuned;
  try {
    const kernels = ["vectorized", ...(isSupported() ? ["wasm"] : [])];
    const { kernel, backend } = await KERNELS["vectorized"]();
    const { knobs } = workers(kernel, backend);
    tuned = await tune({
      kernels,
      knobs,
      cores,
      rounds,
      measure: measure ?? inProcesses(folder, interrupt.signal),
      onProgress: (done, all) => tellOver(`tuning: run ${done + 1} of ${all}`),
    });
  } catch (error) {
    if (interrupt.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    tellOver("");
    interrupt.release();
    rmSync(folder, { recursive: true, force: true });
  }
  const date = new Date().toISOString().slice(0, 10);
  write(path, { ...tuned.profile, tunedOn: thisMachine(cores), date });
  const text = json
    ? JSON.stringify({ path, ...tuned }, null, 2)
    : tuneText(tuned, path, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}

/** Each run is one of the command line's, in a process of its own: what starting costs is part of what users wait for. */
function inProcesses(folder: string, signal: AbortSignal): Measure {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("LOSSMILL_"));
  const book = join(folder, "book.json");
  return async ({ name, policies, trials }, { kernel, workers: count, batchTrials }) => {
    writeFileSync(book, JSON.stringify({ name, policies }));
    const args = ["simulate", book, "--trials", String(trials), "--seed", "1", "--json", "-v", "0", "--tuning", "none"];
    const way = count === 1 ? ["--backend", kernel] : ["--backend", "workers", "--kernel", kernel];
    const batch = batchTrials === null ? [] : ["--batch-trials", String(batchTrials)];
    const threads = count === 1 ? [] : ["--workers", String(count)];
    const all = [...process.execArgv, process.argv[1], ...args, ...way, ...threads, ...batch];
    const { stdout } = await run(process.execPath, all, { env: Object.fromEntries(environment), signal });
    return (JSON.parse(stdout) as { readonly seconds: number }).seconds;
  };
}

/** Checks, before anything is measured, that a profile can go to its place. Only the folder of our own is made. */
function checkPlace(path: string, isOwn: boolean): void {
  try {
    if (isOwn) mkdirSync(dirname(path), { recursive: true });
    checkOutputPlace(path);
  } catch (error) {
    refuseFor(path, error);
  }
}

/** Writes beside the place and then takes it: a profile that is there stays whole. */
function write(path: string, profile: TuningFile): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, `${JSON.stringify(profile, null, 2)}\n`);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    refuseFor(path, error);
  }
}

function refuseFor(path: string, error: unknown): never {
  throw new LossmillError("BAD_OUTPUT", { place: `--out ${printable(path)}`, message: reasonOf(error) });
}
