import { type BenchRecord, type Race } from "./record.ts";
import { markdownTable, ratioCell, timeCells, verdictOf } from "./table.ts";

/** docs/baseline.md, whole, from a record: nothing in it is written by hand. */
export function baselinePage(record: BenchRecord): string {
  const { machine, races, rounds, date } = record;
  const books = [...new Set(races.map(({ workload }) => workload))];
  const versions = Object.entries(versionsOf(record)).map(([name, version]) => `${name} ${version}`);
  return `# Baseline

How fast \`naive\`, the definition, simulates the typical books, beside the rivals: the figures that later backends are
compared with. Generated from \`benchmarks/records/baseline.json\` by \`node benchmarks/write-baseline.ts\`; how it is
measured, and what the contestants are, is told in [benchmarking.md](benchmarking.md), where naive's time goes in
[its profile](../profiling/notes/naive-baseline.md).

- Machine: ${machine.cpu}, ${machine.cores} cores, ${gigabytes(machine.memoryBytes)} GB, ${machine.system}
- Versions: ${versions.join(", ")}
- ${date}, ${rounds} rounds; one thread a contestant; figures are medians over the rounds, lowest and highest in brackets

Trials/s are by the clock; ns a claim are CPU time over all ground-up claims, those below the deductible included; memory
is the largest resident size of the process, its runtime included. Errors of the mean and of the sd are in standard
errors of the exact figure; a contestant further off than 5 would have no time here.

${books.map((book) => bookSection(races.filter(({ workload }) => workload === book))).join("\n")}`;
}

function bookSection(races: readonly Race[]): string {
  const [first] = races;
  const head = ["trials", "contestant", "answer", "trials/s", "ns a claim", "memory", "times as fast as naive"];
  const rows = races.flatMap((race) =>
    race.entries.map((entry) => [
      race.trials.toLocaleString("en"),
      entry.contestant,
      verdictOf(entry),
      ...(timeCells(race, entry) ?? ["", "", ""]),
      ratioCell(entry, race.entries[0]),
    ]),
  );
  return `## ${capitalized(first.workload)}: ${first.claimsPerTrial.toLocaleString("en")} claims a trial

${markdownTable(head, rows, 3)}`;
}

/** Every version that a contestant reported, by name. */
function versionsOf({ races }: BenchRecord): Record<string, string> {
  const samples = races.flatMap(({ entries }) => entries).flatMap((entry) => ("samples" in entry ? entry.samples : []));
  return Object.assign({}, ...samples.map(({ versions }) => versions)) as Record<string, string>;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(0);
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
