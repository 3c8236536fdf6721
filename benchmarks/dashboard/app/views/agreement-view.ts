import { commitName } from "../../../src/history/figures.ts";
import type { HistoryAgreement, HistoryRecord } from "../../../src/history/history-record.ts";
import { spreadOf } from "../../../src/spread.ts";
import { choicesOf } from "../selection.ts";
import { overRecords } from "./over-records.ts";
import { type MakeView, nothing, recordsFor } from "./view.ts";

/** How far backends are from each other, trial by trial. */
export const agreementView: MakeView = (data, selection) => {
  const [id, title] = ["agreement", "Worst disagreement"];
  const records = recordsFor(data, selection).filter(({ agreement }) => agreement.length > 0);
  if (records.length === 0)
    return nothing(id, title, "No record compares backends for this choice: pnpm record --verify adds one.");
  const all = records.flatMap(({ agreement }) => agreement);
  const differing = pairsOf(all.filter(({ worst }) => worst !== 0));
  const equal = pairsOf(all).filter((pair) => !differing.includes(pair));
  const promised = Math.max(...all.map((one) => one.promised));
  const series = differing.map((pair, i) => ({
    name: pair,
    colour: (palette: { ours: readonly string[] }) => palette.ours[i % palette.ours.length],
    valueOf: (record: HistoryRecord) => worstIn(record, pair),
    text: ({ median }: { median: number }) => median.toExponential(1),
    more: ({ agreement }: HistoryRecord) =>
      agreement.filter((one) => pairOf(one) === pair).map((one) => [`· ${one.book}`, agreementText(one)] as const),
  }));
  const bits = equal.length === 0 ? "" : ` ${equal.join("; ")}: every bit the same, in every record.`;
  return {
    id,
    title,
    says: `The largest difference of two backends on any trial of any book at any level, relative to the trial's ground-up sum, by commit; lines of equal values lie on each other.${bits}`,
    figures:
      differing.length === 0
        ? []
        : [
            overRecords(records, series, choicesOf(data).machines, {
              title: "",
              label: "Worst disagreement, by record",
              logBase: 10,
              format: (value) => value.toExponential(0),
              reference: promised > 0 ? { value: promised, name: `promised: ${promised}` } : null,
              range: { min: 1e-16, max: Math.max(1e-9, ...all.map(({ worst }) => 10 * (worst ?? 0))) },
            }),
          ],
    table: {
      head: ["date", "commit", "backends", "book", "trials", "worst", "promised", "counts that differ"],
      rows: records.flatMap((record) =>
        record.agreement.map((one) => [
          record.date,
          commitName(record),
          pairOf(one),
          one.book,
          one.trials.toLocaleString("en"),
          worstText(one.worst),
          one.promised === 0 ? "every bit" : String(one.promised),
          `${one.differing}, ${one.unexplained} unexplained`,
        ]),
      ),
    },
  };
};

/** What is beyond measure, or 0, has no place on an axis of powers; the table says it. */
function worstIn({ agreement }: HistoryRecord, pair: string) {
  const values = agreement.filter((one) => pairOf(one) === pair).map(({ worst }) => worst ?? Infinity);
  const worst = Math.max(0, ...values);
  return worst > 0 && worst < Infinity ? spreadOf([worst]) : null;
}

function agreementText({ worst, trials }: HistoryAgreement): string {
  return `${worstText(worst)}, ${trials.toLocaleString("en")} trials`;
}

function worstText(worst: number | null): string {
  if (worst === null) return "beyond measure";
  return worst === 0 ? "none" : worst.toExponential(1);
}

function pairOf({ backends: [first, other] }: HistoryAgreement): string {
  return `${other} and ${first}`;
}

function pairsOf(all: readonly HistoryAgreement[]): string[] {
  return [...new Set(all.map(pairOf))];
}
