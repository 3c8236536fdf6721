import { readFileSync, writeFileSync } from "node:fs";
import { backend, kernel } from "@lossmill/backend-wasm";
import { availableCores, workers } from "@lossmill/backend-workers";
import { type Plan, type Simulator, loadPortfolio, makePlan } from "@lossmill/core";
import Table from "cli-table3";
import { Command } from "commander";
import { type Terminal, exitCodeOf, listOf, optionsOf, wholeNumber } from "./command-line.ts";
import { type Control, openControl } from "./control.ts";
import { type Machine, machineLine, thisMachine } from "./machine.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { type Workload, allWorkloads } from "./workloads.ts";

/** How much faster a workload is on some number of threads than in one. */
interface Scaling {
  readonly workload: string;
  readonly trials: number;
  readonly workers: number;
  /** Seconds in one thread, computed here, and with as many workers. */
  readonly seconds: { readonly one: Spread; readonly many: Spread };
  readonly speedup: Spread;
  /** The speedup of threads that do arithmetic alone, in the same rounds; `ratio` is ours to theirs. */
  readonly control: Spread;
  readonly ratio: Spread;
}

interface ScalingRecord {
  readonly format: 1;
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly scalings: readonly Scaling[];
  /** Seconds that a run of one and of two blocks takes in this thread and on two threads that are there already. */
  readonly smallJob: { readonly here: Spread; readonly threads: Spread; readonly cold: number };
}

interface Given {
  readonly workloads: readonly string[];
  readonly workers: readonly string[];
  readonly rounds: number;
  readonly claims: number;
  readonly json?: string;
}

/** Steps of arithmetic that take about as long as a claim. */
const STEPS_A_CLAIM = 12;

/** Measures what threads are worth and prints it. */
export function scalingMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(() => measure(readOptions(args), terminal), terminal);
}

function readOptions(args: readonly string[]): Given {
  const names = allWorkloads().map(({ name }) => name);
  const counts = Array.from({ length: 64 }, (_, i) => String(i + 2));
  const command = new Command("bench:scaling")
    .description("Measures what threads are worth, beside threads that do arithmetic alone, in the same rounds.")
    .option("--workloads <names>", "separated by commas", listOf(names), ["W3", "W5", "W7", "large"])
    .option("--workers <counts>", "separated by commas", listOf(counts), [String(Math.max(2, availableCores()))])
    .option("--rounds <count>", "times that everything runs", wholeNumber(1, 100), 5)
    .option("--claims <count>", "of each run", wholeNumber(1, 1e12), 100_000_000)
    .option("--json <file>", "where to keep the record");
  return optionsOf(command, args) as Given;
}

async function measure(
  { workloads, workers: counts, rounds, claims, json }: Given,
  terminal: Terminal,
): Promise<number> {
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\n\n`);
  const most = Math.max(...counts.map(Number));
  await using control = openControl(most);
  const scalings: Scaling[] = [];
  for (const workload of allWorkloads().filter(({ name }) => workloads.includes(name))) {
    for (const count of counts.map(Number))
      scalings.push(await scalingOf(workload, count, { rounds, claims }, control));
  }
  const smallJob = await measureSmallJob(rounds);
  terminal.out(`${tableOf(scalings)}\n\n`);
  const ms = ({ median }: Spread) => `${(1000 * median).toPrecision(3)} ms`;
  terminal.out(`two blocks of W7: ${ms(smallJob.here)} here, ${ms(smallJob.threads)} on two threads, `);
  terminal.out(`${(1000 * smallJob.cold).toPrecision(3)} ms when they had to be started\n`);
  const record: ScalingRecord = {
    format: 1,
    date: new Date().toISOString().slice(0, 10),
    machine,
    rounds,
    scalings,
    smallJob,
  };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(record, null, 1)}\n`);
  return 0;
}

async function scalingOf(
  workload: Workload,
  count: number,
  { rounds, claims }: Pick<Given, "rounds" | "claims">,
  control: Control,
): Promise<Scaling> {
  const trials = 4096 * Math.ceil(claims / workload.claimsPerTrial / 4096);
  const plan = await planOf(workload, trials);
  await using one = await backend.open();
  await using many = await workers(kernel, backend).open({ workers: count });
  const times = { one: [] as number[], many: [] as number[], controlOne: [] as number[], controlMany: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const found = {
      one: await secondsOf(one, plan),
      many: await secondsOf(many, plan),
      controlOne: await control.run(1, STEPS_A_CLAIM * claims),
      controlMany: await control.run(count, STEPS_A_CLAIM * claims),
    };
    // The first round warms up.
    if (round >= 0)
      for (const name of ["one", "many", "controlOne", "controlMany"] as const) times[name].push(found[name]);
  }
  const speedups = times.one.map((seconds, i) => seconds / times.many[i]);
  const controls = times.controlOne.map((seconds, i) => seconds / times.controlMany[i]);
  return {
    workload: workload.name,
    trials,
    workers: count,
    seconds: { one: spreadOf(times.one), many: spreadOf(times.many) },
    speedup: spreadOf(speedups),
    control: spreadOf(controls),
    ratio: spreadOf(speedups.map((speedup, i) => speedup / controls[i])),
  };
}

/** A run of two blocks, some 7 ms in one thread: what threads cost where there is next to nothing to do. */
async function measureSmallJob(rounds: number) {
  const workload = allWorkloads().find(({ name }) => name === "W7")!;
  const plan = await planOf(workload, 2 * 4096);
  await using here = await backend.open();
  await using threads = await workers(kernel, backend).open({ workers: 2 });
  const cold = await secondsOf(threads, plan);
  const times = { here: [] as number[], threads: [] as number[] };
  for (let round = 0; round < 10 * rounds; round++) {
    times.here.push(await secondsOf(here, plan));
    times.threads.push(await secondsOf(threads, plan));
  }
  return { here: spreadOf(times.here.slice(rounds)), threads: spreadOf(times.threads.slice(rounds)), cold };
}

async function planOf({ book, name }: Workload, trials: number): Promise<Plan> {
  return makePlan(await loadPortfolio(readFileSync(book, "utf8"), "json", name), { trials, seed: "1" });
}

async function secondsOf(simulator: Simulator, plan: Plan): Promise<number> {
  const begun = performance.now();
  for await (const _ of simulator.simulate(plan));
  return (performance.now() - begun) / 1000;
}

function tableOf(scalings: readonly Scaling[]): string {
  const table = new Table({
    head: ["workload", "workers", "one thread", "so many", "speedup", "of arithmetic", "ratio"],
    style: { head: [], border: [] },
  });
  const seconds = ({ median }: Spread) => `${median.toFixed(2)} s`;
  const times = ({ median, low, high }: Spread) => `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  for (const { workload, workers: count, seconds: taken, speedup, control, ratio } of scalings) {
    table.push([workload, count, seconds(taken.one), seconds(taken.many), ...[speedup, control, ratio].map(times)]);
  }
  return table.toString();
}
