import { coursesOf, overWorkloads, ratioIn, timedIn } from "../../../src/history/figures.ts";
import type { HistoryEntry, HistoryRecord } from "../../../src/history/history-record.ts";
import { spreadOf } from "../../../src/spread.ts";
import { withSpread } from "../../../src/with-spread.ts";
import { contestantsChart } from "./contestants-chart.ts";
import { type MakeView, isAsked, newest, nothing, recordsFor, sourceOf } from "./view.ts";

/** All contestants of the newest record beside one backend, the first of those chosen. */
export const ratiosView: MakeView = (data, selection) => {
  const [id, title] = ["ratios", "Beside the others"];
  const [reference] = selection.backends;
  if (reference === undefined) return nothing(id, title, "No backend is chosen.");
  const coursesIn = (record: HistoryRecord) =>
    coursesOf(record).filter(({ name, race }) => isAsked(name, selection) && timedIn(race, reference) !== undefined);
  const record = newest(recordsFor(data, selection), (one) => coursesIn(one).length > 0);
  if (record === undefined) return nothing(id, title, `No record has a time of ${reference} for this choice.`);
  const courses = coursesIn(record);
  const figure = contestantsChart(courses, data, {
    valueIn: (race, name) => ratioIn(race, reference, name),
    text: (race, name) => entryText(race.entries.find(({ contestant }) => contestant === name)),
    marked: reference,
    label: `times as slow as ${reference}`,
    reference: 1,
    over: overWorkloads,
  });
  const of = courses.length === 1 ? `the rounds of ${courses[0].name}` : `${courses.length} workloads`;
  return {
    id,
    title,
    says: `How many times as slow as ${reference}, in the newest record: ${sourceOf(record)}. Dots left of 1 are faster. ${
      courses.length === 1
        ? `Dots are medians, whiskers the lowest and highest over ${of}.`
        : `Dots are geometric means, whiskers the lowest and highest over ${of}.`
    }`,
    ...figure,
  };
};

/** `12.7 ns (11.9 to 13.3), right: mean −0.3 se, sd −0.3 se` */
function entryText(entry: HistoryEntry | undefined): string {
  if (entry === undefined) return "did not run";
  if ("reason" in entry) return `${entry.status}: ${entry.reason}`;
  const errors = [
    ["mean", entry.meanError],
    ["sd", entry.sdError],
  ].flatMap(([name, error]) => (typeof error === "number" ? [`${name} ${error.toFixed(1)} se`] : []));
  const verdict = `${entry.status}${errors.length === 0 ? "" : `: ${errors.join(", ")}`}`;
  return "nanosecondsPerClaim" in entry ? `${withSpread(spreadOf(entry.nanosecondsPerClaim))} ns, ${verdict}` : verdict;
}
