import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Terminal, exitCodeOf } from "./command-line.ts";
import { contestantsIn, entrantOf } from "./entrants.ts";
import { commitOf } from "./history/commit.ts";
import { condensedRaces } from "./history/condensed-races.ts";
import { HISTORY, addToHistory } from "./history/history.ts";
import { machineLine, thisMachine } from "./machine.ts";
import { type Options, parseOptions } from "./options.ts";
import { race } from "./race.ts";
import type { BenchRecord, Race } from "./record.ts";
import { raceTable } from "./table.ts";
import { allWorkloads } from "./workloads.ts";

const CONTESTANTS = fileURLToPath(new URL("../contestants", import.meta.url));

/** Runs the benchmarks and returns the exit code: 1 where an answer was wrong or a contestant failed, 2 for bad options. */
export function main(args: readonly string[], terminal: Terminal, contestants = CONTESTANTS): Promise<number> {
  return exitCodeOf(() => bench(parseOptions(args, allWorkloads(), contestantsIn(contestants)), terminal), terminal);
}

async function bench(options: Options, terminal: Terminal): Promise<number> {
  const { courses, contestants, against, rounds, seed } = options;
  // Asked before the race: git may be missing, and --json may change a file of the repository.
  const commit = options.record === false ? null : commitOf();
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\n\n`);
  terminal.progress("compiling");
  const entrants = contestants.map(entrantOf);
  const races: Race[] = [];
  for (const course of courses) {
    const finished = await race(course, entrants, options, (contestant, round) => {
      terminal.progress(`${course.workload.name}, round ${round + 1} of ${rounds}: ${contestant}`);
    });
    terminal.progress("");
    races.push(finished);
    terminal.out(`${raceTable(finished, against)}\n`);
  }
  const date = new Date().toISOString().slice(0, 10);
  const record: BenchRecord = { format: 1, date, machine, rounds, seed, races };
  writeFileSync(options.json, `${JSON.stringify(record, null, 1)}\n`);
  if (commit !== null) {
    const folder = typeof options.record === "string" ? options.record : HISTORY;
    terminal.out(`${addToHistory({ format: 1, date, ...commit, machine, races: condensedRaces(races) }, folder)}\n`);
  }
  const bad = races.flatMap(({ entries }) => entries).filter(({ status }) => status === "wrong" || status === "failed");
  if (bad.length > 0)
    terminal.err(`${bad.length} wrong or failed: ${bad.map(({ contestant }) => contestant).join(", ")}\n`);
  return bad.length > 0 ? 1 : 0;
}
