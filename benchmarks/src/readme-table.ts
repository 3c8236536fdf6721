import { digits } from "./digits.ts";
import { FASTEST } from "./ours.ts";
import { type BenchRecord, type Entry, type Race, figuresOf, isTimed, timedEntry, timesAsFast } from "./record.ts";
import { markdownTable } from "./table.ts";

/** Workloads as columns, contestants as rows, the fastest first: ns a claim, and times as slow as the fastest backend. */
export function readmeTable({ machine, races, rounds, date }: BenchRecord): string {
  const head = [`CPU ns a claim (times as slow as \`${FASTEST}\`)`, ...races.map(({ workload }) => workload)];
  const names = [...new Set(races.flatMap(({ entries }) => entries.map(({ contestant }) => contestant)))]
    .filter((name) => races.some((race) => timedEntry(race, name) !== undefined))
    .sort((a, b) => meanLogTime(races, a) - meanLogTime(races, b));
  const rows = names.map((name) => [`\`${name}\``, ...races.map((race) => cellOf(race, name))]);
  return `${markdownTable(head, rows, 1)}
Medians of ${rounds} rounds side by side on one thread of ${machine.cpu} (${machine.cores} cores, ${machine.system}), ${date}; every answer checked.
`;
}

function cellOf(race: Race, name: string): string {
  const entry = race.entries.find(({ contestant }) => contestant === name);
  if (entry === undefined || !isTimed(entry)) return whyNot(entry);
  const reference = timedEntry(race, FASTEST);
  const nanoseconds = digits(figuresOf(race, entry).nanosecondsPerClaim.median);
  if (reference === undefined || reference === entry) return nanoseconds;
  return `${nanoseconds} (${digits(timesAsFast(reference, entry).median)})`;
}

function whyNot(entry: Entry | undefined): string {
  return entry === undefined ? "" : entry.status;
}

/** Over the workloads that the contestant has a time for. */
function meanLogTime(races: readonly Race[], name: string): number {
  const times = races.flatMap((race) => {
    const entry = timedEntry(race, name);
    return entry === undefined ? [] : [Math.log(figuresOf(race, entry).nanosecondsPerClaim.median)];
  });
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}
