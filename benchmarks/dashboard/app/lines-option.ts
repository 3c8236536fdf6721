import type { EChartsCoreOption } from "echarts/core";
import type { CustomSeriesRenderItem } from "echarts/types/dist/shared";
import { digits } from "../../src/digits.ts";
import type { Spread } from "../../src/spread.ts";
import { FONT, type Palette } from "./palette.ts";

/** One line of a chart over records. */
export interface Line {
  readonly name: string;
  readonly colour: string;
  /** Machines are told apart by their symbols. */
  readonly symbol: string;
  /** One for each record; null: the record does not tell. */
  readonly values: readonly (Spread | null)[];
}

export interface Lines {
  /** A record each: what stands below it, on two lines, and its hover, HTML. */
  readonly records: readonly { readonly label: string; readonly hover: string }[];
  readonly lines: readonly Line[];
  /** Null: an axis of equal steps. */
  readonly logBase: 2 | 10 | null;
  readonly format?: (value: number) => string;
  /** Where a line is drawn across, and what it says; empty: nothing. */
  readonly reference: { readonly value: number; readonly name: string } | null;
  readonly range?: { readonly min: number; readonly max: number };
}

export const LINES_HEIGHT = 230;

/** Figures over the records, the oldest at the left, with the spread of each. */
export function linesOption(chart: Lines, palette: Palette): EChartsCoreOption {
  const { records, lines, logBase, format = digits, reference, range = {} } = chart;
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: palette.text },
    grid: { left: 8, right: 20, top: 14, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category",
      data: records.map((_, index) => String(index)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        color: palette.faint,
        fontSize: 11,
        lineHeight: 14,
        hideOverlap: true,
        formatter: (index: string) => records[Number(index)].label,
      },
    },
    yAxis: {
      ...(logBase === null ? { type: "value", scale: true } : { type: "log", logBase }),
      ...range,
      axisLabel: { color: palette.faint, formatter: format, hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
      splitNumber: 4,
    },
    tooltip: {
      trigger: "axis",
      position: below,
      axisPointer: { type: "line", lineStyle: { color: palette.faint } },
      backgroundColor: palette.ground,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: 13 },
      formatter: ([first]: readonly { name: string }[]) => records[Number(first.name)].hover,
    },
    series: lines.flatMap((line, i) => [
      {
        type: "line",
        name: line.name,
        data: line.values.map((value) => value?.median ?? null),
        connectNulls: true,
        symbol: line.symbol,
        symbolSize: 9,
        itemStyle: { color: line.colour },
        lineStyle: { color: line.colour, width: 2 },
        ...(i === 0 && reference !== null ? { markLine: acrossAt(reference, palette) } : {}),
      },
      {
        type: "custom",
        silent: true,
        encode: { x: 0, y: [1, 2] },
        itemStyle: { color: line.colour },
        renderItem: drawWhisker,
        data: line.values.flatMap((value, index) => (value === null ? [] : [[index, value.low, value.high]])),
      },
    ]),
  };
}

/** Under the chart, which is small, and not over it. */
function below(
  [x]: readonly [number, number],
  _: unknown,
  __: unknown,
  ___: unknown,
  { contentSize, viewSize }: { readonly contentSize: readonly number[]; readonly viewSize: readonly number[] },
): [x: number, y: number] {
  const most = Math.max(0, viewSize[0] - contentSize[0]);
  return [Math.min(Math.max(0, x - contentSize[0] / 2), most), viewSize[1] + 2];
}

function acrossAt({ value, name }: { readonly value: number; readonly name: string }, palette: Palette) {
  return {
    silent: true,
    symbol: "none",
    // Of the value: a promise is as small as 1e-10.
    precision: 20,
    label: { formatter: name, position: "insideStartTop", color: palette.faint },
    lineStyle: { color: palette.faint, type: "dashed", width: 1 },
    data: [{ yAxis: value }],
  };
}

const drawWhisker: CustomSeriesRenderItem = (_, api) => {
  const [x, low] = api.coord([api.value(0), api.value(1)]);
  const [, high] = api.coord([api.value(0), api.value(2)]);
  const style = { stroke: api.visual("color") as string, lineWidth: 1.5, opacity: 0.55 };
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    ({ type: "line", shape: { x1, y1, x2, y2 }, style }) as const;
  return {
    type: "group",
    children:
      low - high < 1 ? [] : [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
  };
};
