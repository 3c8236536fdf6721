import { commitName, machineName } from "../../../src/history/figures.ts";
import type { HistoryRecord } from "../../../src/history/history-record.ts";
import type { Spread } from "../../../src/spread.ts";
import { hover } from "../hover.ts";
import { LINES_HEIGHT, type Lines, linesOption } from "../lines-option.ts";
import type { Palette } from "../palette.ts";
import type { Figure } from "./view.ts";

const SYMBOLS = ["circle", "diamond", "rect", "triangle", "pin", "arrow"] as const;

/** What one line of the history shows of a record, and how it is written; null: nothing. */
export interface Series {
  readonly name: string;
  readonly colour: (palette: Palette) => string;
  readonly valueOf: (record: HistoryRecord) => Spread | null;
  readonly text: (value: Spread) => string;
  /** More that the hover says of a record. */
  readonly more?: (record: HistoryRecord) => readonly (readonly [string, string])[];
}

/** A chart of series over those records in which one of them has a value; each machine has a line and a symbol of its own. */
export function overRecords(
  all: readonly HistoryRecord[],
  series: readonly Series[],
  machines: readonly string[],
  chart: Pick<Lines, "logBase" | "reference" | "format" | "range"> & Pick<Figure, "title" | "label">,
): Figure {
  const records = all.filter((record) => series.some(({ valueOf }) => valueOf(record) !== null));
  const lines = (palette: Palette) =>
    series.flatMap(({ name, colour, valueOf }) =>
      machines.map((machine, i) => ({
        name,
        colour: colour(palette),
        symbol: SYMBOLS[i % SYMBOLS.length],
        values: records.map((record) => (machineName(record) === machine ? valueOf(record) : null)),
      })),
    );
  const shown = records.map((record) => ({
    label: `${record.date.slice(2)}\n${commitName(record)}`,
    hover: hover(`${record.date} · ${commitName(record)}`, hoverLines(record, series), [
      machineName(record),
      ...(record.modified ? ["*: files differed from the commit"] : []),
      ...(record.note === "" ? [] : [record.note]),
    ]),
  }));
  return {
    title: chart.title,
    label: chart.label,
    height: LINES_HEIGHT,
    legend: series
      .filter(({ valueOf }) => records.some((record) => valueOf(record) !== null))
      .map(({ name, colour }) => ({ name, colour })),
    option: (palette) =>
      linesOption(
        { ...chart, records: shown, lines: lines(palette).filter(({ values }) => values.some(Boolean)) },
        palette,
      ),
  };
}

function hoverLines(record: HistoryRecord, series: readonly Series[]): (readonly [string, string])[] {
  return series.flatMap(({ name, valueOf, text, more }) => {
    const value = valueOf(record);
    return value === null ? [] : [[name, text(value)] as const, ...(more?.(record) ?? [])];
  });
}
