import Table from "cli-table3";
import { type Entry, type Race, figuresOf, isTimed } from "./record.ts";
import { spreadOf } from "./spread.ts";
import type { FinishedSuite } from "./suites-main.ts";
import { verdictOf } from "./table.ts";
import { withSpread } from "./with-spread.ts";

/** A suite as a table for the terminal: for each backend ns a claim, and how that compares with the reference case. */
export function suiteTable({ name, title, leftOut, reference, races }: FinishedSuite): string {
  const [first] = races;
  const backends = first === undefined ? [] : first.entries.map(({ contestant }) => contestant);
  const referenceRace = races.find(({ workload }) => workload === reference);
  const ratioHead = reference === undefined ? [] : [`× ${reference}`];
  const table = new Table({
    head: ["case", ...backends.flatMap((backend) => [`${backend}, ns a claim`, ...ratioHead])],
    colAligns: ["left", ...backends.flatMap(() => ["right" as const, ...ratioHead.map(() => "right" as const)])],
    style: { head: [], border: [], compact: true },
  });
  for (const race of races) {
    const cells = race.entries.flatMap((entry, i) => {
      return [timeCell(race, entry), ...ratioHead.map(() => againstReference(race, referenceRace, i))];
    });
    table.push([race.workload, ...cells]);
  }
  const missing = leftOut.map((line) => `left out: ${line}\n`).join("");
  return `${name}  ${title}\n${table.toString()}\n${missing}`;
}

function timeCell(race: Race, entry: Entry): string {
  return isTimed(entry) ? withSpread(figuresOf(race, entry).nanosecondsPerClaim) : verdictOf(entry);
}

/** Nanoseconds a claim over those of the reference case, by the medians: the rounds of two cases were not side by side. */
function againstReference(race: Race, reference: Race | undefined, backend: number): string {
  const [nanoseconds, unit] = [race, reference].map((one) => {
    const entry = one?.entries[backend];
    return one && entry && isTimed(entry) ? figuresOf(one, entry).nanosecondsPerClaim.median : NaN;
  });
  const ratio = nanoseconds / unit;
  return Number.isNaN(ratio) ? "" : withSpread(spreadOf([ratio]));
}
