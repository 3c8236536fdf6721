import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { FONT, palettes } from "../dashboard/app/palette.ts";
import type { Convergence } from "./convergence.ts";
import { plainSvg } from "./plain-svg.ts";

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

const WIDTH = 640;
const HEIGHT = 360;

/** Standard errors by trials, both on logarithmic axes, as a picture for a page of this ground. */
export function convergencePicture({ methods }: Convergence, ground: "light" | "dark"): string {
  const palette = palettes[ground];
  const text = { color: palette.text };
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    color: [palette.rival, palette.ours[0]],
    textStyle: { fontFamily: FONT },
    // Without a page nobody can measure text: room for the widest of the usual fonts.
    legend: { top: 0, itemGap: 70, textStyle: text },
    grid: { left: 64, right: 24, top: 36, bottom: 44 },
    xAxis: axis("trials", palette, [65_536, 4_194_304]),
    yAxis: axis("standard error", palette),
    series: methods.map(({ method, points, slope }) => ({
      type: "line",
      name: `${method}: trials to the power ${slope.toFixed(2)}`,
      data: points,
      symbolSize: 7,
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${plainSvg(svg)}\n`;
}

function axis(name: string, palette: (typeof palettes)["light"], [min, max]: readonly number[] = []) {
  return {
    type: "log",
    name,
    nameLocation: "middle",
    nameGap: name === "trials" ? 28 : 44,
    nameTextStyle: { color: palette.text },
    axisLabel: { color: palette.faint },
    splitLine: { lineStyle: { color: palette.line } },
    ...(min !== undefined && { min, max }),
  };
}
