import { element } from "./element.ts";

export type Theme = "light" | "dark";

const KEY = "lossmill-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** The reader's own choice, where there is one, else the system's. */
export function theme(): Theme {
  return chosen() ?? (system.matches ? "dark" : "light");
}

/** A button that changes it; `changed` is also called when the system changes and the reader has chosen nothing. */
export function themeButton(changed: (theme: Theme) => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "theme" });
  const show = () => {
    document.documentElement.dataset["theme"] = theme();
    button.textContent = theme() === "dark" ? "Light mode" : "Dark mode";
  };
  button.addEventListener("click", () => {
    choose(theme() === "dark" ? "light" : "dark");
    show();
    changed(theme());
  });
  system.addEventListener("change", () => {
    show();
    changed(theme());
  });
  show();
  return button;
}

/** Where a browser keeps nothing for pages from files, the choice holds as long as the page. */
let unkept: Theme | null = null;

function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : unkept;
  } catch {
    return unkept;
  }
}

function choose(choice: Theme): void {
  unkept = choice;
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // As said above.
  }
}
