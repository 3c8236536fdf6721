import { drawChart } from "./chart.ts";
import { element } from "./element.ts";
import type { Palette } from "./palette.ts";
import type { Figure, Table, View } from "./views/view.ts";

/** Puts a view into its place on the page, and returns how to take its charts away. */
export function showSection(place: HTMLElement, view: View, palette: Palette): () => void {
  const holders = view.figures.map((figure) => ({ figure, holder: element("div", { class: "chart" }) }));
  const isOpen = place.querySelector("details")?.open === true;
  place.replaceChildren(
    element("h2", {}, view.title),
    element(
      "p",
      { class: view.figures.length === 0 && view.table.rows.length === 0 ? "says nothing" : "says" },
      view.says,
    ),
    ...legendOf(view.figures, palette),
    element(
      "div",
      { class: holders.length > 1 ? "charts many" : "charts" },
      ...holders.map(({ figure, holder }) => figureOf(figure, holder)),
    ),
    ...(view.table.rows.length === 0 ? [] : [tableOf(view.table, isOpen)]),
  );
  // Only now have the holders a width.
  const takeAway = holders.map(({ figure, holder }) => drawChart(holder, figure, palette));
  return () => takeAway.forEach((take) => take());
}

function figureOf({ title }: Figure, holder: HTMLElement): HTMLElement {
  return element("figure", {}, ...(title === "" ? [] : [element("figcaption", {}, title)]), holder);
}

/** One for all charts of a view. */
function legendOf(figures: readonly Figure[], palette: Palette): Node[] {
  const legend = new Map(figures.flatMap((figure) => figure.legend.map((key) => [key.name, key])));
  if (legend.size === 0) return [];
  const keys = [...legend.values()].map(({ name, colour }) => {
    const swatch = element("span", { class: "swatch" });
    swatch.style.background = colour(palette);
    return element("li", {}, swatch, name);
  });
  return [element("ul", { class: "legend" }, ...keys)];
}

function tableOf({ head, rows }: Table, isOpen: boolean): HTMLElement {
  const details = element(
    "details",
    {},
    element("summary", {}, "The same as a table"),
    element(
      "div",
      // Scrolls sideways, so that the keyboard must reach it.
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
        element(
          "tbody",
          {},
          ...rows.map((cells) => element("tr", {}, ...cells.map((text) => element("td", {}, text)))),
        ),
      ),
    ),
  );
  details.open = isOpen;
  return details;
}
