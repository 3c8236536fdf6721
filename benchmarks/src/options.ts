import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { Stop, listOf, optionsOf, wholeNumber } from "./command-line.ts";
import type { ContestantFile } from "./entrants.ts";
import { type Course, type Workload, scaledTrials } from "./workloads.ts";

export interface Options {
  readonly courses: readonly Course[];
  readonly contestants: readonly ContestantFile[];
  /** The contestant that every other is compared with. */
  readonly against: string;
  readonly rounds: number;
  readonly seed: number;
  /** Path of the record. */
  readonly json: string;
  /** Whether the history gets a record too: in its own folder, or in another. */
  readonly record: boolean | string;
}

const LAST_RECORD = fileURLToPath(new URL("../records/last.json", import.meta.url));

/** Reads the command line. Throws Stop, code 2, with one line that says what is allowed. */
export function parseOptions(
  args: readonly string[],
  workloads: readonly Workload[],
  files: readonly ContestantFile[],
): Options {
  const allWorkloads = workloads.map(({ name }) => name);
  const allContestants = files.map(({ name }) => name);
  const command = new Command("bench")
    .description("Races contestants on workloads, checks every answer, and keeps a record.")
    .option("--workloads <names>", "separated by commas", listOf(allWorkloads), allWorkloads)
    .option("--contestants <names>", "separated by commas", listOf(allContestants), allContestants)
    .option("--against <name>", "the contestant that every other is compared with (default: wasm, else the first)")
    .option("--rounds <count>", "times that every contestant runs", wholeNumber(1, 1000), 3)
    .option("--scale <share>", "of each workload's full number of trials, in blocks of 4,096", share, 0.02)
    .option("--trials <counts>", "numbers of trials instead, each a race of its own", listOfTrials)
    .option("--seed <seed>", "of the first round", wholeNumber(0, 1e9), 1)
    .option("--json <file>", "where to keep the record", LAST_RECORD)
    .option("--record [folder]", "add the races to the history (default folder: benchmarks/records/history)", false);
  const {
    workloads: names,
    contestants: chosen,
    against: given,
    trials,
    scale,
    ...others
  } = optionsOf(command, args) as Given;
  const contestants = files.filter(({ name }) => chosen.includes(name));
  const against = given ?? (chosen.includes("wasm") ? "wasm" : contestants[0].name);
  if (!chosen.includes(against)) {
    throw new Stop(`option '--against <name>': Found ${against}; allowed are the contestants ${chosen.join(", ")}.`, 2);
  }
  return {
    ...others,
    courses: workloads
      .filter(({ name }) => names.includes(name))
      .flatMap((workload) => coursesOf(workload, trials ?? [scaledTrials(workload, scale)])),
    contestants,
    against,
  };
}

interface Given {
  readonly workloads: readonly string[];
  readonly contestants: readonly string[];
  readonly against?: string;
  readonly rounds: number;
  readonly scale: number;
  readonly trials?: readonly number[];
  readonly seed: number;
  readonly json: string;
  readonly record: boolean | string;
}

function coursesOf(workload: Workload, trialCounts: readonly number[]): Course[] {
  return trialCounts.map((trials) => ({ workload, trials }));
}

function listOfTrials(text: string): number[] {
  return text.split(",").map(wholeNumber(2, 1e9));
}

function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError("Allowed is a number above 0, at most 100.");
}
