import Table from "cli-table3";
import { type Entry, type Race, figuresOf, isTimed } from "./record.ts";
import type { Spread } from "./spread.ts";

/** A race as a table for the terminal. */
export function raceTable(race: Race): string {
  const reference = race.entries[0]?.contestant ?? "";
  const head = ["contestant", "answer", "trials/s", "ns a claim", "memory", `times as fast as ${reference}`];
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
        : [entry.contestant, verdictOf(entry), ...cells],
    );
  }
  const title = `${race.workload}  ${race.title}; ${count(race.trials)} trials, ${digits(race.claimsPerTrial)} claims each`;
  return `${title}\n${table.toString()}\n`;
}

/** Trials a second, ns a claim, memory and ratio; null where the contestant has no time. */
export function timeCells(race: Race, entry: Entry): [string, string, string, string] | null {
  if (!isTimed(entry)) return null;
  const { trialsPerSecond, nanosecondsPerClaim, peakBytes, ratio } = figuresOf(race, entry);
  return [
    count(Number(trialsPerSecond.toPrecision(3))),
    withSpread(nanosecondsPerClaim),
    peakBytes === null ? "unknown" : `${Math.round(peakBytes / 1e6)} MB`,
    ratio === null ? "" : withSpread(ratio),
  ];
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

function withSpread({ median, low, high }: Spread): string {
  return low === high ? digits(median) : `${digits(median)} (${digits(low)} to ${digits(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

/** Three significant digits, thousands grouped, no exponent. */
function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) < 0.1 ? rounded.toFixed(2) : rounded.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function count(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 0 });
}
