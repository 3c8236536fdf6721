import type { Course } from "../../../src/history/figures.ts";
import type { HistoryRace } from "../../../src/history/history-record.ts";
import type { Spread } from "../../../src/spread.ts";
import { withSpread } from "../../../src/with-spread.ts";
import { hover } from "../hover.ts";
import { intervalHeight, intervalOption } from "../interval-option.ts";
import { colourOf } from "../palette.ts";
import type { PageData } from "../selection.ts";
import type { View } from "./view.ts";

/** What is shown of a contestant. */
export interface ContestantFigure {
  readonly valueIn: (race: HistoryRace, contestant: string) => Spread | null;
  /** What the hover says of it on a workload. */
  readonly text: (race: HistoryRace, contestant: string) => string;
  readonly marked: string;
  readonly label: string;
  readonly reference: number | null;
  /** What the medians of several workloads come to. */
  readonly over: (values: readonly number[]) => Spread;
}

/** A row for each contestant of some races, the least first; those without a value stand in the table only. */
export function contestantsChart(
  courses: readonly Course[],
  { ours }: Pick<PageData, "ours">,
  figure: ContestantFigure,
): Pick<View, "figures" | "table"> {
  const names = [...new Set(courses.flatMap(({ race }) => race.entries.map(({ contestant }) => contestant)))];
  const valueOf = (name: string): Spread | null => {
    const values = courses.flatMap(({ race }) => figure.valueIn(race, name) ?? []);
    if (values.length < 2) return values[0] ?? null;
    return figure.over(values.map(({ median }) => median));
  };
  const all = names.map((name) => ({ name, value: valueOf(name) }));
  const shown = all
    .flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]))
    .sort((a, b) => a.value.median - b.value.median);
  const absent = all.filter(({ value }) => value === null);
  const textsOf = (name: string) =>
    courses.map(({ name: workload, race }) => [workload, figure.text(race, name)] as const);
  return {
    figures: [
      {
        title: "",
        label: figure.label,
        height: intervalHeight(shown.length),
        legend: [],
        option: (palette) =>
          intervalOption(
            {
              isLog: true,
              reference: figure.reference,
              rows: shown.map(({ name, value }) => ({
                name,
                values: [value],
                colours: [colourOf(palette, ours, name)],
                isMarked: name === figure.marked,
                hover: hover(`${name}: ${withSpread(value)} ${figure.label}`, textsOf(name)),
              })),
            },
            palette,
          ),
      },
    ],
    table: {
      head: ["contestant", figure.label, ...courses.map(({ name }) => name)],
      rows: [...shown, ...absent].map(({ name, value }) => [
        name,
        value === null ? "–" : withSpread(value),
        ...textsOf(name).map(([, text]) => text),
      ]),
    },
  };
}
