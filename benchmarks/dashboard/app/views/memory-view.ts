import { type Course, coursesOf, timedIn } from "../../../src/history/figures.ts";
import type { HistoryRace, HistoryRecord } from "../../../src/history/history-record.ts";
import { type Spread, spreadOf } from "../../../src/spread.ts";
import { contestantsChart } from "./contestants-chart.ts";
import { type MakeView, isAsked, newest, nothing, recordsFor, sourceOf } from "./view.ts";

/** The largest resident size of each contestant's process in the newest record. */
export const memoryView: MakeView = (data, selection) => {
  const [id, title] = ["memory", "Memory"];
  const coursesIn = (record: HistoryRecord): Course[] =>
    coursesOf(record).filter(
      ({ name, race }) =>
        isAsked(name, selection) && race.entries.some(({ contestant }) => megabytesIn(race, contestant) !== null),
    );
  const record = newest(recordsFor(data, selection), (one) => coursesIn(one).length > 0);
  if (record === undefined) return nothing(id, title, "No record tells memory for this choice.");
  const courses = coursesIn(record);
  const over =
    courses.length === 1
      ? courses[0].name
      : `${courses.length} workloads; dots are medians, whiskers the least and the most`;
  return {
    id,
    title,
    says: `MB at most, of the whole process, its runtime included, in the newest record: ${sourceOf(record)}; ${over}.`,
    ...contestantsChart(courses, data, {
      valueIn: megabytesIn,
      text: (race, name) => (timedIn(race, name) === undefined ? "no run" : memoryText(megabytesIn(race, name))),
      marked: selection.backends[0] ?? "",
      label: "MB at most",
      reference: null,
      over: spreadOf,
    }),
  };
};

function megabytesIn(race: HistoryRace, name: string): Spread | null {
  const bytes = timedIn(race, name)?.peakBytes ?? null;
  return bytes === null ? null : spreadOf([bytes / 1e6]);
}

function memoryText(value: Spread | null): string {
  return value === null ? "unknown" : `${Math.round(value.median)} MB`;
}
