import { element } from "./element.ts";
import { filters } from "./filters.ts";
import { palettes } from "./palette.ts";
import { showSection } from "./section.ts";
import { type PageData, choicesOf, hashOf, selectionOf } from "./selection.ts";
import { theme, themeButton } from "./theme.ts";
import { tiles } from "./tiles.ts";
import { views } from "./views/index.ts";

/** The page: controls, figures at a glance, and the views, drawn anew whenever something is chosen. */
function main(data: PageData): void {
  const choices = choicesOf(data);
  let selection = selectionOf(location.hash, choices, data);
  let takeAway: (() => void)[] = [];
  const sections = views.map(({ id }) => element("section", { id }));
  const glance = element("dl", { class: "tiles" });
  const draw = () => {
    takeAway.forEach((take) => take());
    glance.replaceChildren(
      ...tiles(data, selection).map(({ name, value, says }) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, value), element("dd", { class: "small" }, says)),
      ),
    );
    takeAway = views.map(({ make }, i) => showSection(sections[i], make(data, selection), palettes[theme()]));
  };
  const controls = () =>
    filters(choices, selection, (chosen) => {
      selection = chosen;
      // replaceState: a choice is no page to go back to.
      history.replaceState(null, "", `#${hashOf(chosen, choices, data)}`);
      draw();
    });
  const form = element("div", {}, controls());
  addEventListener("hashchange", () => {
    selection = selectionOf(location.hash, choices, data);
    form.replaceChildren(controls());
    draw();
  });
  document.querySelector("header")!.append(themeButton(draw));
  document.querySelector("main")!.replaceChildren(form, glance, ...sections);
  draw();
}

main(JSON.parse(document.querySelector("#data")!.textContent) as PageData);
