import { CustomChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Palette } from "./palette.ts";
import type { Figure } from "./views/view.ts";

use([CustomChart, LineChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** Draws a figure into an element that is on the page, again whenever its width changes; returns how to take it away. */
export function drawChart(element: HTMLElement, figure: Figure, palette: Palette): () => void {
  element.style.height = `${figure.height}px`;
  const chart = init(element, null, { renderer: "svg" });
  chart.setOption({ ...figure.option(palette), aria: { enabled: true, label: { description: figure.label } } });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(element);
  return () => {
    observer.disconnect();
    chart.dispose();
  };
}
