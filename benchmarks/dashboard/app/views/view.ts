import type { EChartsCoreOption } from "echarts/core";
import { commitName, machineName } from "../../../src/history/figures.ts";
import type { HistoryRecord } from "../../../src/history/history-record.ts";
import type { Palette } from "../palette.ts";
import { EVERY, type PageData, type Selection } from "../selection.ts";

/** A part of the page, without the page: what it says, its charts, and the same as a table. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** What is shown, or why nothing is. */
  readonly says: string;
  readonly figures: readonly Figure[];
  readonly table: Table;
}

export interface Figure {
  /** Above the chart; empty where the view has only one. */
  readonly title: string;
  /** What a screen reader says of it. */
  readonly label: string;
  readonly height: number;
  readonly option: (palette: Palette) => EChartsCoreOption;
  /** The names and colours of what is drawn, where it is not written beside it. */
  readonly legend: readonly Key[];
}

export interface Key {
  readonly name: string;
  readonly colour: (palette: Palette) => string;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type MakeView = (data: PageData, selection: Selection) => View;

/** A view that has nothing to show, and says why. */
export function nothing(id: string, title: string, says: string): View {
  return { id, title, says, figures: [], table: { head: [], rows: [] } };
}

/** The records of the machine that was asked for. */
export function recordsFor({ records }: PageData, { machine }: Selection): readonly HistoryRecord[] {
  return machine === EVERY ? records : records.filter((record) => machineName(record) === machine);
}

export function isAsked(workload: string, selection: Selection): boolean {
  return selection.workload === EVERY || selection.workload === workload;
}

/** The newest of those that have something; undefined where none has. */
export function newest(records: readonly HistoryRecord[], has: (record: HistoryRecord) => boolean) {
  return records.findLast(has);
}

/** `778709a of 2026-11-28 on Intel(R) Xeon(R) Processor, 2 cores` */
export function sourceOf(record: HistoryRecord): string {
  return `${commitName(record)} of ${record.date} on ${machineName(record)}`;
}
