import { Command } from "commander";
import { Stop, type Terminal, exitCodeOf, optionsOf } from "./command-line.ts";
import { commitOf } from "./history/commit.ts";
import { type Condensed, condense } from "./history/condense.ts";
import { HISTORY, addToHistory } from "./history/history.ts";
import { thisMachine } from "./machine.ts";

interface Given {
  readonly bench?: string;
  readonly scaling?: string;
  readonly coverage?: string;
  readonly verify?: readonly string[];
  readonly commit?: string;
  readonly note?: string;
  readonly into: string;
}

/** Makes a record of the history of the files that other tools wrote, and returns the exit code: 2 for bad options or files. */
export function recordMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(async () => {
    terminal.out(`${record(readOptions(args))}\n`);
    return 0;
  }, terminal);
}

function readOptions(args: readonly string[]): Given {
  const command = new Command("record")
    .description("Adds what was measured of a commit to the history, and prints the path of the record.")
    .option("--bench <file>", "a record of bench")
    .option("--scaling <file>", "a record of bench:scaling")
    .option("--coverage <file>", "c8's coverage-summary.json")
    .option("--verify <files...>", "certificates of `lossmill verify --json`")
    .option("--commit <name>", "the commit that was measured, if it is not the one that is checked out")
    .option("--note <text>", "what a reader should know of the record")
    .option("--into <folder>", "where the history is kept", HISTORY);
  return optionsOf(command, args) as Given;
}

function record({ commit, note, into, ...files }: Given): string {
  const found = condensedOf(files);
  if (found.length === 0) throw new Stop("nothing to record; options are --bench, --scaling, --coverage, --verify", 2);
  return addToHistory(
    {
      format: 1,
      date: sameIn(found, "date") ?? new Date().toISOString().slice(0, 10),
      ...commitOf(commit),
      ...(note === undefined ? {} : { note }),
      machine: sameIn(found, "machine") ?? thisMachine(),
      ...Object.assign({}, ...found.map(({ part }) => part)),
      ...agreementOf(found),
    },
    into,
  );
}

function condensedOf({ bench, scaling, coverage, verify = [] }: Omit<Given, "into">): Condensed[] {
  return [
    ...(bench === undefined ? [] : [condense.bench(bench)]),
    ...(scaling === undefined ? [] : [condense.scaling(scaling)]),
    ...(coverage === undefined ? [] : [condense.coverage(coverage)]),
    ...verify.map((path) => condense.verify(path)),
  ];
}

/** Of several certificates. */
function agreementOf(found: readonly Condensed[]): Pick<Condensed["part"], "agreement"> {
  const agreement = found.flatMap(({ part }) => part.agreement ?? []);
  return agreement.length === 0 ? {} : { agreement };
}

/** A record is of one day and one machine. */
function sameIn<Key extends "date" | "machine">(found: readonly Condensed[], key: Key): Condensed[Key] {
  const values = found.flatMap((one) => (one[key] === undefined ? [] : [one[key]]));
  const texts = [...new Set(values.map((value) => JSON.stringify(value)))];
  if (texts.length > 1)
    throw new Stop(`the files differ in their ${key}, ${texts.join(" and ")}: make a record of each`, 2);
  return values[0];
}
