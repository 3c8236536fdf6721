import { commitName } from "../../../src/history/figures.ts";
import type { HistoryRecord } from "../../../src/history/history-record.ts";
import { spreadOf } from "../../../src/spread.ts";
import { choicesOf } from "../selection.ts";
import { overRecords } from "./over-records.ts";
import { type MakeView, nothing, recordsFor } from "./view.ts";

const KINDS = ["lines", "branches", "functions"] as const;
/** What the gate, tools/coverage.ts, asks for. */
const GATE = 95;

/** How much of the packages' sources the tests run. */
export const coverageView: MakeView = (data, selection) => {
  const [id, title] = ["coverage", "Coverage"];
  const records = recordsFor(data, selection).filter(({ coverage }) => coverage !== null);
  if (records.length === 0)
    return nothing(id, title, "No record tells coverage for this choice: pnpm record --coverage adds one.");
  const lowest = Math.min(...records.flatMap(({ coverage }) => KINDS.map((kind) => coverage![kind])));
  const series = KINDS.map((kind, i) => ({
    name: kind,
    colour: (palette: { ours: readonly string[] }) => palette.ours[i],
    valueOf: ({ coverage }: HistoryRecord) => (coverage === null ? null : spreadOf([coverage[kind]])),
    text: ({ median }: { median: number }) => percent(median),
  }));
  return {
    id,
    title,
    says: `Percent of lines, branches and functions of packages/*/src that the tests run, by commit; less than ${GATE} does not pass.`,
    figures: [
      overRecords(records, series, choicesOf(data).machines, {
        title: "",
        label: "Coverage in percent, by record",
        logBase: null,
        format: percent,
        reference: { value: GATE, name: "gate" },
        range: { min: Math.min(GATE - 1, Math.floor(lowest)), max: 100 },
      }),
    ],
    table: {
      head: ["date", "commit", ...KINDS],
      rows: records.map((record) => [
        record.date,
        commitName(record),
        ...KINDS.map((kind) => percent(record.coverage![kind])),
      ]),
    },
  };
};

function percent(value: number): string {
  return `${Number(value.toFixed(2))} %`;
}
