import Table from "cli-table3";
import { digits } from "./digits.ts";
import { type Entry, type Race, figuresOf, isTimed, timedEntry, timesAsFast } from "./record.ts";
import { withSpread } from "./with-spread.ts";

/** A race as a table for the terminal; the last column says how many times as fast as each the contestant `against` is. */
export function raceTable(race: Race, against: string): string {
  const reference = timedEntry(race, against);
  const head = ["contestant", "answer", "trials/s", "ns a claim", "memory", `${against} is … times as fast`];
  const table = new Table({
    head,
    colAligns: ["left", "left", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const entry of race.entries) {
    const cells = timeCells(race, entry);
    table.push(
      cells === null
        ? [entry.contestant, { colSpan: 5, content: verdictOf(entry) }]
        : [entry.contestant, verdictOf(entry), ...cells, ratioCell(reference, entry)],
    );
  }
  const title = `${race.workload}  ${race.title}; ${count(race.trials)} trials, ${digits(race.claimsPerTrial)} claims each`;
  return `${title}\n${table.toString()}\n`;
}

/** How many times as fast one contestant is as another; empty where one of them has no time. */
export function ratioCell(fast: Entry | undefined, slow: Entry | undefined): string {
  return fast && slow && isTimed(fast) && isTimed(slow) ? withSpread(timesAsFast(fast, slow)) : "";
}

/** Trials a second, ns a claim and memory; null where the contestant has no time. */
export function timeCells(race: Race, entry: Entry): [string, string, string] | null {
  if (!isTimed(entry)) return null;
  const { trialsPerSecond, nanosecondsPerClaim, peakBytes } = figuresOf(race, entry);
  return [
    count(Number(trialsPerSecond.toPrecision(3))),
    withSpread(nanosecondsPerClaim),
    peakBytes === null ? "unknown" : `${Math.round(peakBytes / 1e6)} MB`,
  ];
}

/** A table in Markdown, padded as the formatter would; the first `left` columns to the left, figures to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], left: number): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)));
  const pad = (cell: string, i: number) => (i < left ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  const rule = widths.map((width, i) => (i < left ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [head.map(pad), rule, ...rows.map((row) => row.map(pad))]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

/** What is said of an answer: `right, mean +0.3 se, sd −1.2 se`. */
export function verdictOf(entry: Entry): string {
  if ("reason" in entry) return `${entry.status}: ${entry.reason}`;
  if (entry.status === "unchecked") return "unchecked";
  const errors = [
    ["mean", entry.meanError],
    ["sd", entry.sdError],
  ] as const;
  const parts = errors.flatMap(([name, error]) => (error === null ? [] : [`${name} ${signed(error)} se`]));
  return `${entry.status === "wrong" ? "WRONG" : "right"}: ${parts.join(", ")}`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

function count(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 0 });
}
