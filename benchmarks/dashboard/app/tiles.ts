import { coursesOf, overWorkloads, ratioIn, timedIn } from "../../src/history/figures.ts";
import type { HistoryRecord } from "../../src/history/history-record.ts";
import { digits } from "../../src/digits.ts";
import type { PageData, Selection } from "./selection.ts";
import { isAsked, newest, recordsFor, sourceOf } from "./views/view.ts";

/** A figure at a glance. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  readonly says: string;
}

const UNKNOWN = { value: "–", says: "no record tells it for this choice" };

/** The newest figures for what is chosen. */
export function tiles(data: PageData, selection: Selection): Tile[] {
  const records = recordsFor(data, selection);
  const [backend = ""] = selection.backends;
  return [
    { name: `${backend || "no backend"} beside ${selection.rival || "nobody"}`, ...speed(records, backend, selection) },
    { name: `Memory of ${backend || "no backend"}`, ...memory(records, backend, selection) },
    { name: "Coverage", ...coverage(records) },
    { name: "Worst disagreement", ...disagreement(records) },
  ];
}

type Figure = Omit<Tile, "name">;

function speed(records: readonly HistoryRecord[], backend: string, selection: Selection): Figure {
  const ratiosIn = (record: HistoryRecord) =>
    coursesOf(record)
      .filter(({ name }) => isAsked(name, selection))
      .flatMap(({ race }) => ratioIn(race, backend, selection.rival)?.median ?? []);
  const record = newest(records, (one) => ratiosIn(one).length > 0);
  if (record === undefined || backend === selection.rival) return UNKNOWN;
  const { median, low, high } = overWorkloads(ratiosIn(record));
  const over = `${digits(low)} to ${digits(high)} over ${ratiosIn(record).length} workloads; `;
  return { value: `${digits(median)} × as fast`, says: `${low === high ? "" : over}${sourceOf(record)}` };
}

function memory(records: readonly HistoryRecord[], backend: string, selection: Selection): Figure {
  const bytesIn = (record: HistoryRecord) =>
    coursesOf(record)
      .filter(({ name }) => isAsked(name, selection))
      .flatMap(({ race }) => timedIn(race, backend)?.peakBytes ?? []);
  const record = newest(records, (one) => bytesIn(one).length > 0);
  if (record === undefined) return UNKNOWN;
  return { value: `${Math.round(Math.max(...bytesIn(record)) / 1e6)} MB`, says: `at most; ${sourceOf(record)}` };
}

function coverage(records: readonly HistoryRecord[]): Figure {
  const record = newest(records, (one) => one.coverage !== null);
  if (record?.coverage === undefined || record.coverage === null) return UNKNOWN;
  const { lines, branches, functions } = record.coverage;
  return {
    value: `${lines} %`,
    says: `of lines; branches ${branches} %, functions ${functions} %; ${sourceOf(record)}`,
  };
}

function disagreement(records: readonly HistoryRecord[]): Figure {
  const record = newest(records, ({ agreement }) => agreement.length > 0);
  if (record === undefined) return UNKNOWN;
  const worst = Math.max(...record.agreement.map((one) => one.worst ?? Infinity));
  const books = new Set(record.agreement.map(({ book }) => book)).size;
  return {
    value: worst === Infinity ? "beyond measure" : worst === 0 ? "none" : worst.toExponential(1),
    says: `of the ground-up sum, any two backends, ${books} ${books === 1 ? "book" : "books"}; ${sourceOf(record)}`,
  };
}
