import { CustomChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { palettes } from "../dashboard/app/palette.ts";
import { contestantsChart } from "../dashboard/app/views/contestants-chart.ts";
import { overWorkloads, ratioIn } from "./history/figures.ts";
import type { HistoryRace } from "./history/history-record.ts";
import { FASTEST, OURS } from "./ours.ts";
import { plainSvg } from "./plain-svg.ts";

// A picture has no tooltip, but the chart that it is made of asks for one.
use([CustomChart, GridComponent, MarkLineComponent, SVGRenderer, TooltipComponent]);

const WIDTH = 760;

/** The dashboard's chart of all contestants beside the fastest backend, over all races, as a picture for a page of this ground. */
export function speedPicture(races: readonly HistoryRace[], ground: "light" | "dark"): string {
  const courses = races.map((race) => ({ name: race.workload, race }));
  const [figure] = contestantsChart(
    courses,
    { ours: OURS },
    {
      valueIn: (race, name) => ratioIn(race, FASTEST, name),
      text: () => "",
      marked: FASTEST,
      label: `times as slow as ${FASTEST}`,
      reference: 1,
      over: overWorkloads,
    },
  ).figures;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: figure.height });
  chart.setOption(figure.option(palettes[ground]));
  // Without a page nobody can measure text: room for the longest name in the widest of the usual fonts.
  const longest = Math.max(...races.flatMap(({ entries }) => entries.map(({ contestant }) => contestant.length)));
  chart.setOption({ grid: { left: 20 + longest * 7.2, bottom: 28, outerBoundsMode: "none" } });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${plainSvg(svg)}\n`;
}
