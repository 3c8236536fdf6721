import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { availableCores } from "@lossmill/backend-workers";
import Table from "cli-table3";
import { Command } from "commander";
import { grid } from "../suites/grid.ts";
import { type SuiteCase, claimsPerTrial } from "../suites/suite.ts";
import { type Terminal, exitCodeOf, optionsOf, wholeNumber } from "./command-line.ts";
import { type Machine, machineLine, thisMachine } from "./machine.ts";
import { randomBelow, shuffled } from "./random-order.ts";
import { spreadOf } from "./spread.ts";

/** One cell of the grid: what auto takes, what the best of all fixed settings takes, and what auto had predicted. */
interface AutoCell {
  readonly cell: string;
  /** What auto chose. */
  readonly chosen: string;
  readonly rounds: number;
  /** Medians, in seconds. */
  readonly auto: number;
  readonly predicted: number;
  readonly best: { readonly setting: string; readonly seconds: number };
  /** auto / best: the median of the rounds' ratios, which a machine that is slow for a while changes least. */
  readonly ratio: number;
  /** Settings that were not run in full: a hundredth of the trials took over three times the best's. */
  readonly ruledOut: readonly string[];
}

interface AutoRecord {
  readonly format: 1;
  readonly date: string;
  readonly machine: Machine;
  /** Where auto's costs came from. */
  readonly costs: string;
  readonly cells: readonly AutoCell[];
}

interface Given {
  readonly rounds: number;
  readonly seconds: number;
  readonly budget: number;
  readonly json?: string;
}

const CLI = fileURLToPath(new URL("../../packages/lossmill/bundle/cli.js", import.meta.url));
/** A setting that takes so many times the best's time on a hundredth of the trials is not run in full. */
const RULED_OUT = 3;
/** Of a run so short that its process is most of it there is no hundredth. */
const LEAST_TRIALS = 4096;
const MOST_ROUNDS = 25;

/** Holds `auto` against every fixed setting over the grid of policies and trials, and its predictions against its times. */
export function autoMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(async () => measure(readOptions(args), terminal), terminal);
}

function readOptions(args: readonly string[]): Given {
  const command = new Command("bench:auto")
    .description("Holds auto against every fixed setting, over 10 to 10,000 policies and 1,000 to 1,000,000 trials.")
    .option("--rounds <count>", "times that everything runs at least, in an order drawn anew", wholeNumber(1, 100), 5)
    .option(
      "--seconds <count>",
      `more rounds, up to ${MOST_ROUNDS}, as long as a cell took less`,
      wholeNumber(0, 3600),
      30,
    )
    .option("--budget <claims>", "cells with more claims are left out", wholeNumber(1, 1e12), 2_000_000_000)
    .option("--json <file>", "where to keep the record");
  return optionsOf(command, args) as Given;
}

function measure({ rounds, seconds, budget, json }: Given, terminal: Terminal): number {
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\n\n`);
  const folder = mkdtempSync(join(tmpdir(), "lossmill-auto-"));
  const cells: AutoCell[] = [];
  let costs = "";
  try {
    for (const suiteCase of grid({ trials: 0, budget }).cases) {
      terminal.progress(suiteCase.name);
      const book = join(folder, "book.json");
      writeFileSync(book, JSON.stringify({ name: suiteCase.name, policies: suiteCase.policies }));
      const found = cellOf(suiteCase, book, { rounds, seconds });
      cells.push(found.cell);
      costs = found.costs;
    }
  } finally {
    terminal.progress("");
    rmSync(folder, { recursive: true, force: true });
  }
  terminal.out(`${tableOf(cells)}\n\n${verdictOf(cells)}\ncosts ${costs}\n`);
  const date = new Date().toISOString().slice(0, 10);
  const record: AutoRecord = { format: 1, date, machine, costs, cells };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(record, null, 1)}\n`);
  return 0;
}

function cellOf({ name, trials, policies }: SuiteCase, book: string, least: Pick<Given, "rounds" | "seconds">) {
  const { choice } = planOf(book, trials);
  const { left, ruledOut } = ruleOut(fixedSettings(), book, trials, claimsPerTrial(policies));
  const runs = ["auto", ...left].map((setting) => ({ setting, taken: [] as number[] }));
  const below = randomBelow(trials);
  const began = performance.now();
  const isShort = () => performance.now() - began < 1000 * least.seconds;
  let rounds = 0;
  for (; rounds < least.rounds || (rounds < MOST_ROUNDS && isShort()); rounds++) {
    for (const { setting, taken } of shuffled(runs, below)) {
      taken.push(secondsOf(book, trials, setting === "auto" ? [] : setting.split(" ")));
    }
  }
  const medians = runs.map((run) => ({ ...run, seconds: spreadOf(run.taken).median }));
  const [auto, ...fixed] = medians;
  const best = fixed.reduce((quickest, other) => (other.seconds < quickest.seconds ? other : quickest));
  const { kernel, workers = 1, predictions, costs } = choice;
  const cell: AutoCell = {
    cell: name,
    chosen: workers > 1 ? `${kernel} × ${workers}` : kernel,
    rounds,
    auto: auto.seconds,
    predicted: predictions[0].seconds,
    best: { setting: best.setting, seconds: best.seconds },
    ratio: spreadOf(auto.taken.map((taken, round) => taken / best.taken[round])).median,
    ruledOut,
  };
  return { cell, costs };
}

/** Each kernel in this thread and on 2, 4, 8 … and all threads. */
function fixedSettings(): string[] {
  const cores = availableCores();
  const counts = [2, 4, 8, 16, 32, 64].filter((count) => count < cores).concat(cores > 1 ? [cores] : []);
  return ["wasm", "vectorized", "naive"].flatMap((kernel) => [
    `--backend ${kernel}`,
    ...counts.map((count) => `--backend workers --kernel ${kernel} --workers ${count}`),
  ]);
}

/** Leaves out what a hundredth of a long run shows to be hopeless. */
function ruleOut(settings: readonly string[], book: string, trials: number, claims: number) {
  const few = Math.max(LEAST_TRIALS, Math.round(trials / 100));
  if (few >= trials || claims * trials < 1e6) return { left: settings, ruledOut: [] };
  const short = settings.map((setting) => ({ setting, seconds: secondsOf(book, few, setting.split(" ")) }));
  const least = Math.min(...short.map(({ seconds }) => seconds));
  const isHopeless = ({ seconds }: (typeof short)[number]) => seconds > RULED_OUT * least;
  return {
    left: short.filter((found) => !isHopeless(found)).map(({ setting }) => setting),
    ruledOut: short.filter(isHopeless).map(({ setting }) => setting),
  };
}

interface PlanJson {
  readonly choice: {
    readonly kernel: string;
    readonly workers?: number;
    readonly predictions: readonly { readonly seconds: number }[];
    readonly costs: string;
  };
}

function planOf(book: string, trials: number): PlanJson {
  return JSON.parse(lossmill(["plan", book, "--trials", String(trials), "--seed", "1", "--json"])) as PlanJson;
}

function secondsOf(book: string, trials: number, setting: readonly string[]): number {
  const args = ["simulate", book, "--trials", String(trials), "--seed", "1", "--json", "-v", "0", ...setting];
  return (JSON.parse(lossmill(args)) as { readonly seconds: number }).seconds;
}

function lossmill(args: readonly string[]): string {
  return execFileSync(process.execPath, [CLI, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
}

function tableOf(cells: readonly AutoCell[]): string {
  const table = new Table({
    head: ["policies × trials", "auto", "takes", "predicted", "ratio", "best fixed setting", "takes", "auto / best"],
    style: { head: [], border: [] },
  });
  const seconds = (value: number) => (value < 1 ? `${(1000 * value).toFixed(0)} ms` : `${value.toFixed(2)} s`);
  for (const { cell, chosen, auto, predicted, best, ratio } of cells) {
    const foretold = [seconds(auto), seconds(predicted), (predicted / auto).toFixed(2)];
    table.push([cell, chosen, ...foretold, best.setting.replaceAll("--", ""), seconds(best.seconds), ratio.toFixed(2)]);
  }
  return table.toString();
}

function verdictOf(cells: readonly AutoCell[]): string {
  const behind = Math.max(...cells.map(({ ratio }) => ratio));
  const off = Math.max(...cells.map(({ auto, predicted }) => Math.max(auto / predicted, predicted / auto)));
  return `auto takes at most ${behind.toFixed(2)} of the best fixed setting's time; predictions are within a factor of ${off.toFixed(2)}`;
}
