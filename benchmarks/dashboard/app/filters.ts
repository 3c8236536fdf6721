import { element } from "./element.ts";
import { type Choices, EVERY, MEASURES, type Measure, type Selection } from "./selection.ts";

/** The controls of the page; `changed` is called with every new selection. */
export function filters(choices: Choices, first: Selection, changed: (selection: Selection) => void): HTMLElement {
  let selection = first;
  const set = (part: Partial<Selection>) => {
    selection = { ...selection, ...part };
    changed(selection);
  };
  const named = (names: readonly string[]) => names.map((name) => [name, name] as const);
  const every = (text: string, names: readonly string[]) => [[EVERY, text] as const, ...named(names)];
  return element(
    "form",
    { class: "filters", "aria-label": "What is shown" },
    choice("Workload", every("every workload", choices.workloads), first.workload, (workload) => set({ workload })),
    choice("Compared with", named(choices.rivals), first.rival, (rival) => set({ rival })),
    choice("History shows", Object.entries(MEASURES), first.measure, (measure) => set({ measure: measure as Measure })),
    choice("Machine", every("every machine", choices.machines), first.machine, (machine) => set({ machine })),
    backendChoice(choices.backends, first.backends, (backends) => set({ backends })),
  );
}

type Option = readonly [value: string, text: string];

function choice(label: string, options: readonly Option[], first: string, changed: (value: string) => void) {
  const select = element("select", {}, ...options.map(([value, text]) => element("option", { value }, text)));
  select.value = first;
  select.addEventListener("change", () => changed(select.value));
  return element("label", {}, element("span", {}, label), select);
}

function backendChoice(all: readonly string[], first: readonly string[], changed: (chosen: string[]) => void) {
  const boxes = all.map((name) => {
    const box = element("input", { type: "checkbox", value: name });
    box.checked = first.includes(name);
    box.addEventListener("change", () => changed(boxes.filter(({ checked }) => checked).map(({ value }) => value)));
    return box;
  });
  const labels = boxes.map((box) => element("label", { class: "box" }, box, box.value));
  return element("fieldset", {}, element("legend", {}, "Backends"), ...labels);
}
