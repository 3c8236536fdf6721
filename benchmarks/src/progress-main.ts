import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { backend } from "@lossmill/backend-wasm";
import {
  type CompiledPlan,
  type Part,
  type Plan,
  blockAt,
  blockCount,
  compile,
  loadPortfolio,
  makePlan,
  resolveConfig,
} from "@lossmill/core";
import Table from "cli-table3";
import { Command } from "commander";
// How the command line tells what it does is not for programs: the package exports none of it.
import type { Choice } from "../../packages/lossmill/src/choose-backend.ts";
import { watch } from "../../packages/lossmill/src/commands/watch-run.ts";
import { looks } from "../../packages/lossmill/src/looks.ts";
import { runKept } from "../../packages/lossmill/src/run-kept.ts";
import type { Simulation } from "../../packages/lossmill/src/simulation.ts";
import { readTuning } from "../../packages/lossmill/src/tuning/tuning.ts";
import { type Terminal, exitCodeOf, listOf, optionsOf, wholeNumber } from "./command-line.ts";
import { machineLine, thisMachine } from "./machine.ts";
import { spreadOf } from "./spread.ts";
import { type Workload, allWorkloads } from "./workloads.ts";

interface Given {
  readonly workloads: readonly string[];
  readonly trials: number;
  readonly rounds: number;
}

/** Ways to tell how a run goes; the first tells nothing. */
const WAYS = [
  { name: "-v 0", verbose: 0, logsJson: false, isTTY: true },
  { name: "-v 1, a terminal", verbose: 1, logsJson: false, isTTY: true },
  { name: "-v 2, a pipe", verbose: 2, logsJson: false, isTTY: false },
  { name: "-v 2, a terminal", verbose: 2, logsJson: false, isTTY: true },
  { name: "-v 2 --log json", verbose: 2, logsJson: true, isTTY: false },
  { name: "-v 3, a pipe", verbose: 3, logsJson: false, isTTY: false },
  { name: "-v 3 --log json", verbose: 3, logsJson: true, isTTY: false },
] as const;
type Way = (typeof WAYS)[number];

/**
 * Blocks that are computed to be told again and again, and how often that is done in a round. Few stay in the cache, as a block
 * does that was just computed in this thread; with 64 of them `-v 2` costs 1.4 times as much (docs/benchmarking.md).
 */
const RECORDED = 2;
const TURNS = 5;

const CHOICE: Choice = {
  backend,
  kernel: "wasm",
  threads: 1,
  settings: {},
  reason: "a benchmark",
  predictions: [],
  tuning: readTuning("none", 1),
};

/** A run that is told without being done. */
interface Told {
  readonly plan: Plan;
  readonly compiled: CompiledPlan;
  readonly parts: readonly Part[];
  readonly simulation: Simulation;
}

/** Measures what it costs to tell how a run goes, and prints it. */
export function progressMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(() => measure(readOptions(args), terminal), terminal);
}

function readOptions(args: readonly string[]): Given {
  const names = allWorkloads().map(({ name }) => name);
  const command = new Command("bench:progress")
    .description("Measures what -v costs: CPU time of runs whose blocks are there already, beside that of real ones.")
    .option("--workloads <names>", "separated by commas", listOf(names), ["small", "medium"])
    .option("--trials <count>", "of each run", wholeNumber(4096, 1e9), 4_000_000)
    .option("--rounds <count>", "times that everything runs", wholeNumber(1, 100), 9);
  return optionsOf(command, args) as Given;
}

async function measure({ workloads, trials, rounds }: Given, terminal: Terminal): Promise<number> {
  terminal.out(`${machineLine(thisMachine())}\n`);
  for (const workload of allWorkloads().filter(({ name }) => workloads.includes(name))) {
    terminal.out(`\n${await costOf(workload, trials, rounds)}\n`);
  }
  return 0;
}

/** By turns: the real run once a round, and each way of telling it, several times, over blocks that are there already. */
async function costOf(workload: Workload, trials: number, rounds: number): Promise<string> {
  const portfolio = await loadPortfolio(readFileSync(workload.book, "utf8"), "json", workload.name);
  const plan = makePlan(portfolio, { trials, seed: "1" });
  const told = { plan, compiled: compile(plan), parts: await record(plan), simulation: await simulationOf(plan) };
  const real: number[] = [];
  const telling = WAYS.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    const simulated = await cpuOf(() => simulationOf(plan));
    if (round >= 0) real.push(simulated);
    for (const [i, way] of WAYS.entries()) {
      for (let turn = 0; turn < TURNS; turn++) {
        const cpu = await cpuOf(() => tell(told, way));
        if (round >= 0) telling[i].push(cpu);
      }
    }
  }
  const whole = spreadOf(real).median;
  const table = new Table({ head: ["", "µs a block", "of the run", "from", "to"], style: { head: [], border: [] } });
  const share = (cpu: number) => `${((100 * cpu) / whole).toFixed(2)} %`;
  WAYS.forEach(({ name }, i) => {
    const { median, low, high } = spreadOf(telling[i]);
    table.push([name, ((1e6 * median) / blockCount(trials)).toFixed(1), ...[median, low, high].map(share)]);
  });
  return `${workload.name}, ${trials} trials: ${whole.toFixed(2)} s of CPU in one thread\n${table.toString()}`;
}

async function cpuOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The real run, of which nothing is told. */
async function simulationOf(plan: Plan): Promise<Simulation> {
  return await runKept(plan, CHOICE, {}, () => 1);
}

/** Does of a run what is done to tell it, and nothing else. */
async function tell({ plan, compiled, parts, simulation }: Told, { verbose, logsJson, isTTY }: Way): Promise<void> {
  const fd = openSync(devNull, "w");
  try {
    const watched = { config: resolveConfig({ verbose }), logsJson, stderr: streamTo(fd, isTTY) };
    await watch(watched, undefined, async ({ onStart, onCompiled, onPart, onLook }) => {
      onStart?.(plan, CHOICE);
      onCompiled?.(compiled);
      const look = onLook && looks(plan, undefined, onLook);
      for (let index = 0; index < blockCount(plan.trials!); index++) {
        // As often as a run's timers get their turn.
        if (index % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
        const { losses, summary } = parts[index % parts.length];
        const part = { block: blockAt(index, plan.trials), losses, summary };
        onPart?.(part, plan);
        look?.(part);
      }
      return simulation;
    });
  } finally {
    closeSync(fd);
  }
}

/** What of standard error is used, written like it: at once. */
function streamTo(fd: number, isTTY: boolean): NodeJS.WriteStream & { readonly fd: number } {
  const write = (text: string) => writeSync(fd, text) > 0;
  return { fd, isTTY, columns: 100, write } as unknown as NodeJS.WriteStream & { readonly fd: number };
}

async function record(plan: Plan): Promise<Part[]> {
  await using simulator = await backend.open();
  const parts: Part[] = [];
  for await (const part of simulator.simulate(plan)) {
    parts.push(structuredClone(part));
    if (parts.length === RECORDED) break;
  }
  return parts;
}
