import { makeBadge } from "badge-maker";
import { digits } from "./digits.ts";
import { condensedRaces } from "./history/condensed-races.ts";
import { overWorkloads, ratioIn } from "./history/figures.ts";
import type { HistoryRecord } from "./history/history-record.ts";
import { FASTEST, NUMPY } from "./ours.ts";
import type { BenchRecord } from "./record.ts";

/** One figure as a small picture. */
export interface Badge {
  readonly name: string;
  readonly label: string;
  readonly message: string;
  readonly svg: string;
}

/** The badges whose figures the records have; one that no record tells is left out. */
export function badgesOf(peers: BenchRecord, history: readonly HistoryRecord[]): Badge[] {
  return [speed(peers), coverage(history), disagreement(history)].flatMap((one) => one ?? []);
}

/** The fastest backend beside the best of NumPy, on one thread each: the geometric mean over the workloads. */
function speed({ races }: BenchRecord): Badge | null {
  const ratios = condensedRaces(races).flatMap((race) => ratioIn(race, FASTEST, NUMPY)?.median ?? []);
  if (ratios.length === 0) return null;
  const { median, low, high } = overWorkloads(ratios);
  const range = low === high ? "" : ` (${digits(low)} to ${digits(high)})`;
  return badge("speed", "one thread beside NumPy", `${digits(median)} × as fast${range}`, median > 1);
}

const GATE = 95;

function coverage(history: readonly HistoryRecord[]): Badge | null {
  const found = history.findLast((record) => record.coverage !== null)?.coverage ?? null;
  if (found === null) return null;
  const { lines, branches } = found;
  return badge(
    "coverage",
    "coverage",
    `${lines} % of lines, ${branches} % of branches`,
    Math.min(lines, branches) >= GATE,
  );
}

/** Of any two backends, on the books that the newest record has. */
function disagreement(history: readonly HistoryRecord[]): Badge | null {
  const pairs = history.findLast(({ agreement }) => agreement.length > 0)?.agreement;
  if (pairs === undefined) return null;
  const worst = Math.max(...pairs.map((pair) => pair.worst ?? Infinity));
  const isKept = pairs.every((pair) => (pair.worst ?? Infinity) <= pair.promised && pair.unexplained === 0);
  const text = worst === Infinity ? "beyond measure" : worst === 0 ? "none" : worst.toExponential(1);
  return badge("agreement", "worst disagreement of backends", text, isKept);
}

function badge(name: string, label: string, message: string, isGood: boolean): Badge {
  const svg = `${makeBadge({ label, message, color: isGood ? "green" : "red" })}\n`;
  return { name, label, message, svg };
}
