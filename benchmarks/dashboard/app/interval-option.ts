import type { CustomSeriesOption } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import type { CustomSeriesRenderItem } from "echarts/types/dist/shared";
import type { Spread } from "../../src/spread.ts";
import { digits } from "../../src/digits.ts";
import { FONT, type Palette } from "./palette.ts";

/** A row of a chart of intervals: a name, and a dot with its low and its high end for each series; null: none. */
export interface IntervalRow {
  readonly name: string;
  readonly values: readonly (Spread | null)[];
  /** Of each value. */
  readonly colours: readonly string[];
  /** HTML. */
  readonly hover: string;
  readonly isMarked?: boolean;
}

export interface Intervals {
  readonly rows: readonly IntervalRow[];
  readonly isLog: boolean;
  /** Where a line is drawn, if anywhere. */
  readonly reference: number | null;
}

const ROW_HEIGHT = 26;
const AXIS_HEIGHT = 44;

export function intervalHeight(rows: number): number {
  return rows * ROW_HEIGHT + AXIS_HEIGHT;
}

/** Dots with whiskers, a row each, along one axis; the median stands beside its dot. */
export function intervalOption({ rows, isLog, reference }: Intervals, palette: Palette): EChartsCoreOption {
  const hovers = new Map(rows.map(({ name, hover }) => [name, hover]));
  const marked = new Set(rows.filter(({ isMarked }) => isMarked).map(({ name }) => name));
  const count = Math.max(0, ...rows.map(({ values }) => values.length));
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: palette.text },
    grid: { left: 8, right: 56, top: 8, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: isLog ? "log" : "value",
      ...(isLog ? { logBase: 2 } : { min: 0 }),
      axisLabel: { color: palette.faint, formatter: digits, hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        interval: 0,
        color: palette.text,
        formatter: (name: string) => (marked.has(name) ? `{marked|${name}}` : name),
        rich: { marked: { fontWeight: "bold" } },
      },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      axisPointer: { type: "shadow", axis: "y", shadowStyle: { color: palette.line, opacity: 0.4 } },
      backgroundColor: palette.ground,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: 13 },
      formatter: ([first]: readonly { name: string }[]) => hovers.get(first.name) ?? "",
    },
    series: Array.from({ length: count }, (_, i) => seriesOf(rows, i, count, i === 0 ? reference : null, palette)),
  };
}

function seriesOf(
  rows: readonly IntervalRow[],
  index: number,
  count: number,
  reference: number | null,
  palette: Palette,
): CustomSeriesOption {
  return {
    type: "custom",
    encode: { x: [0, 1, 2], y: 3 },
    renderItem: drawnAt(count === 1 ? 0 : (index / (count - 1) - 0.5) * 12, count === 1, palette),
    data: rows.flatMap(({ values, colours }, row) => {
      const value = values[index];
      if (value === null) return [];
      return [{ value: [value.low, value.median, value.high, row], itemStyle: { color: colours[index] } }];
    }),
    ...(reference === null ? {} : { markLine: referenceLine(reference, palette) }),
  } as CustomSeriesOption;
}

function referenceLine(reference: number, palette: Palette) {
  return {
    silent: true,
    symbol: "none",
    label: { show: false },
    lineStyle: { color: palette.faint, type: "solid", width: 1 },
    data: [{ xAxis: reference }],
  };
}

/** Draws a whisker and a dot, `offset` pixels below the middle of the row. */
function drawnAt(offset: number, hasText: boolean, palette: Palette): CustomSeriesRenderItem {
  return (_, api) => {
    const [[left, row], [middle], [right]] = [0, 1, 2].map((i) => api.coord([api.value(i), api.value(3)]));
    const y = row + offset;
    const colour = api.visual("color") as string;
    const line = (x1: number, y1: number, x2: number, y2: number) =>
      ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 2, opacity: 0.65 } }) as const;
    const whiskers = [line(left, y, right, y), line(left, y - 3, left, y + 3), line(right, y - 3, right, y + 3)];
    const text = digits(api.value(1) as number);
    return {
      type: "group",
      children: [
        ...(right - left > 1 ? whiskers : []),
        { type: "circle", shape: { cx: middle, cy: y, r: 4.5 }, style: { fill: colour } },
        ...(hasText
          ? [
              {
                type: "text" as const,
                style: {
                  text,
                  x: right + 8,
                  y,
                  verticalAlign: "middle" as const,
                  fill: palette.text,
                  fontSize: 12,
                  fontFamily: FONT,
                },
              },
            ]
          : []),
      ],
    };
  };
}
