import { commitName, coursesOf, machineName, ratioIn, timedIn } from "../../../src/history/figures.ts";
import type { HistoryRace, HistoryRecord } from "../../../src/history/history-record.ts";
import { type Spread, spreadOf } from "../../../src/spread.ts";
import { withSpread } from "../../../src/with-spread.ts";
import { colourOf } from "../palette.ts";
import { MEASURES, type Selection, choicesOf } from "../selection.ts";
import { overRecords } from "./over-records.ts";
import { type MakeView, isAsked, nothing, recordsFor } from "./view.ts";

/** How the backends did, record by record: a chart for each workload. */
export const historyView: MakeView = (data, selection) => {
  const [id, title] = ["history", "History"];
  const { measure, rival, backends } = selection;
  const records = recordsFor(data, selection).filter(({ races }) => races.length > 0);
  const { workloads, machines } = choicesOf(data);
  if (workloads.length === 0) return nothing(id, title, "No record has races yet: pnpm bench --record adds one.");
  if (backends.length === 0) return nothing(id, title, "No backend is chosen.");
  const shown = workloads.filter(
    (workload) =>
      isAsked(workload, selection) &&
      records.some((record) => backends.some((name) => valueIn(record, workload, name, selection) !== null)),
  );
  if (shown.length === 0) {
    return nothing(
      id,
      title,
      `No record has ${backends.join(" or ")}${measure === "ratio" ? ` beside ${rival}` : ""} for this choice.`,
    );
  }
  const series = (workload: string) =>
    backends.map((name) => ({
      name,
      colour: (palette: Parameters<typeof colourOf>[0]) => colourOf(palette, data.ours, name),
      valueOf: (record: HistoryRecord) => valueIn(record, workload, name, selection),
      text: (value: Spread) => withSpread(value),
    }));
  return {
    id,
    title,
    says: saying(selection),
    figures: shown.map((workload) =>
      overRecords(records, series(workload), machines, {
        title: workload,
        label: `${workload}: ${unitOf(selection)}, by record`,
        logBase: 2,
        reference: measure === "ratio" ? { value: 1, name: "" } : null,
      }),
    ),
    table: tableOf(records, shown, selection),
  };
};

function valueIn(record: HistoryRecord, workload: string, name: string, selection: Selection): Spread | null {
  const race = coursesOf(record).find((course) => course.name === workload)?.race;
  return race === undefined ? null : valueOf(race, name, selection);
}

/** Null where there is no time, and for a rival beside itself. */
function valueOf(race: HistoryRace, name: string, { measure, rival }: Selection): Spread | null {
  if (measure === "ratio") return name === rival ? null : ratioIn(race, name, rival);
  const entry = timedIn(race, name);
  if (entry === undefined) return null;
  return spreadOf(measure === "trials" ? [entry.trialsPerSecond] : entry.nanosecondsPerClaim);
}

function unitOf({ measure, rival }: Selection): string {
  return measure === "ratio" ? `${MEASURES.ratio} as ${rival}` : MEASURES[measure];
}

function saying(selection: Selection): string {
  const unit = unitOf(selection);
  const first = `${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}, by commit.`;
  return selection.measure === "ratio"
    ? `${first} Both ran side by side in one run; dots are medians over its rounds, whiskers the lowest and highest round; the dashed line is ${selection.rival} itself. Each machine has a line and a symbol of its own.`
    : `${first} Machines differ, and a shared one differs from hour to hour: compare dots of one symbol, and believe the ratios first.`;
}

function tableOf(records: readonly HistoryRecord[], shown: readonly string[], selection: Selection) {
  const rows = records.flatMap((record) =>
    coursesOf(record)
      .filter(({ name }) => shown.includes(name))
      .map(({ name: workload, race }) => [
        record.date,
        commitName(record),
        machineName(record),
        workload,
        race.trials.toLocaleString("en"),
        ...selection.backends.map((name) => {
          const value = valueOf(race, name, selection);
          return value === null ? "–" : withSpread(value);
        }),
      ]),
  );
  return { head: ["date", "commit", "machine", "workload", "trials", ...selection.backends], rows };
}
