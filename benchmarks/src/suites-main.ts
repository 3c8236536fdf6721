import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { allSuites } from "../suites/index.ts";
import { type Suite, type SuiteCase, claimsPerTrial, exactOf } from "../suites/suite.ts";
import { backends } from "./backends.ts";
import { type Terminal, exitCodeOf, listOf, optionsOf, wholeNumber } from "./command-line.ts";
import { type Entrant, nodeWords } from "./entrants.ts";
import { type Machine, machineLine, thisMachine } from "./machine.ts";
import { race } from "./race.ts";
import type { Race } from "./record.ts";
import { suiteTable } from "./suite-table.ts";
import type { Course } from "./workloads.ts";

const LAST_RECORD = fileURLToPath(new URL("../records/last-suites.json", import.meta.url));
const RUNNER = fileURLToPath(new URL("../run-backend.ts", import.meta.url));

/** What the suites measured in one call, and on what machine. */
export interface SuitesRecord {
  readonly format: 1;
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly seed: number;
  readonly suites: readonly FinishedSuite[];
}

/** A suite's cases as races of the backends. */
export interface FinishedSuite extends Pick<Suite, "name" | "title" | "leftOut" | "reference"> {
  readonly races: readonly Race[];
}

interface Given {
  readonly suites: readonly string[];
  readonly backends: readonly string[];
  readonly cases?: string;
  readonly rounds: number;
  readonly trials: number;
  readonly budget: number;
  readonly seed: number;
  readonly json: string;
}

/** Runs the suites and returns the exit code: 1 where an answer was wrong or a backend failed, 2 for bad options. */
export function suitesMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(() => runSuites(readOptions(args), terminal), terminal);
}

function readOptions(args: readonly string[]): Given {
  const allNames = allSuites({ trials: 1, budget: 1 }).map(({ name }) => name);
  const allBackends = backends.map(({ name }) => name);
  const command = new Command("bench:suites")
    .description("Measures every backend on books that differ in one thing: size, law, terms.")
    .option("--suites <names>", "separated by commas", listOf(allNames), allNames)
    .option("--backends <names>", "separated by commas", listOf(allBackends), allBackends)
    .option("--cases <text>", "only cases with this in their name, and what they are divided by")
    .option("--rounds <count>", "times that every case runs", wholeNumber(1, 1000), 3)
    .option("--trials <count>", "of each case, but of the grid's", wholeNumber(2, 1e9), 65_536)
    .option("--budget <claims>", "the most that a case of the grid may have", wholeNumber(1, 1e12), 20_000_000)
    .option("--seed <seed>", "of the first round", wholeNumber(0, 1e9), 1)
    .option("--json <file>", "where to keep the record", LAST_RECORD);
  return optionsOf(command, args) as Given;
}

async function runSuites(options: Given, terminal: Terminal): Promise<number> {
  const { rounds, seed } = options;
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\n\n`);
  const entrants = options.backends.map((name): Entrant => ({ name, command: [...nodeWords(), RUNNER, name] }));
  const suites: FinishedSuite[] = [];
  for (const suite of allSuites(options).filter(({ name }) => options.suites.includes(name))) {
    const finished = await runSuite(suite, entrants, options, terminal);
    suites.push(finished);
    terminal.out(`${suiteTable(finished)}\n`);
  }
  const record: SuitesRecord = {
    format: 1,
    date: new Date().toISOString().slice(0, 10),
    machine,
    rounds,
    seed,
    suites,
  };
  writeFileSync(options.json, `${JSON.stringify(record, null, 1)}\n`);
  const statuses = suites.flatMap(({ races }) => races.flatMap(({ entries }) => entries.map(({ status }) => status)));
  const bad = statuses.filter((status) => status === "wrong" || status === "failed").length;
  if (bad > 0) terminal.err(`${bad} wrong or failed\n`);
  return bad > 0 ? 1 : 0;
}

async function runSuite(suite: Suite, entrants: Entrant[], options: Given, terminal: Terminal): Promise<FinishedSuite> {
  const { name, title, leftOut, reference } = suite;
  const { cases: part = "", rounds } = options;
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  const races: Race[] = [];
  for (const each of suite.cases.filter((one) => one.name.includes(part) || one.name === reference)) {
    const finished = await race(courseOf(each, folder), entrants, options, (backend, round) => {
      terminal.progress(`${name}, ${each.name}, round ${round + 1} of ${rounds}: ${backend}`);
    });
    races.push(finished);
  }
  terminal.progress("");
  rmSync(folder, { recursive: true });
  return { name, title, leftOut, ...(reference === undefined ? {} : { reference }), races };
}

/** Writes the case's book into the folder. */
function courseOf({ name, policies, trials }: SuiteCase, folder: string): Course {
  const book = join(folder, "book.json");
  writeFileSync(book, JSON.stringify({ name, policies }));
  const claims = claimsPerTrial(policies);
  const exact = exactOf(policies);
  return {
    trials,
    workload: { name, title: name, book, claimsPerTrial: claims, exact, trialsForTiming: trials },
  };
}
