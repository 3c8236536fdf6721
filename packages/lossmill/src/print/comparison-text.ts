import type { SamplingMethod } from "@lossmill/core";
import { WORTHWHILE } from "../sampling/best-method.ts";
import type { Gain, Tried } from "../sampling/compare-methods.ts";
import type { Advice, Comparison } from "../sampling/comparison.ts";
import * as pc from "./colors.ts";
import { decimalsFor, formatFactor, formatNumber, formatPercent, formatSeconds } from "./number.ts";
import { shortened } from "./printable.ts";
import { seedText } from "./seed-text.ts";
import { table, widthOf } from "./table.ts";
import { wrap } from "./wrap.ts";

const NAMES = { mean: "mean", sd: "sd", var: "VaR", tvar: "TVaR", oep: "OEP" } as const;
const SHORT: Readonly<Record<"plain" | SamplingMethod, string>> = {
  plain: "plain",
  antithetic: "antith.",
  stratified: "stratif.",
  sobol: "sobol",
  importance: "import.",
  control: "control",
  conditional: "cond.",
};

type Ran = Extract<Tried, { readonly gains: readonly Gain[] }>;
type Missing = Extract<Tried, { readonly reason: string }>;

/** What each method is worth for a book, for a person; `width` characters wide at most. */
export function comparisonText(comparison: Comparison, width: number): string {
  const [plain, ...others] = comparison.methods.filter((tried) => "gains" in tried);
  const missing = comparison.methods.filter((tried) => "reason" in tried);
  return [
    ...heading(comparison, width),
    "",
    ...(others.length === 0 ? [] : [...comparedText(comparison, plain, others, width), ""]),
    ...notes(comparison, others, missing).flatMap((note) =>
      wrap(note.split(" "), " ", width).map((line) => pc.dim(line)),
    ),
    ...wrap(adviceText(comparison.best).split(" "), " ", width),
  ].join("\n");
}

function heading(comparison: Comparison, width: number): string[] {
  const { portfolio, trials, askedTrials, backend, optimizationLevel, rounds } = comparison;
  const rounded = trials === askedTrials ? "" : ` (${formatNumber(askedTrials)} rounded up, to whole sets of 65,536)`;
  const facts = [
    `${formatNumber(trials)} years${rounded}`,
    rounds === 1 ? "one run each" : `the quickest of ${rounds} runs each`,
    seedText(comparison),
    `${backend}, level ${optimizationLevel}`,
  ];
  const title = pc.bold(shortened(portfolio, Math.max(20, width)));
  return [
    title,
    ...wrap(facts, " · ", width)
      .flatMap((line) => wrap(line.split(" "), " ", width))
      .map((line) => pc.dim(line)),
  ];
}

/** The table under its title: with the methods' names, with short ones, or cut into several that are as wide as can be. */
function comparedText(comparison: Comparison, plain: Ran, others: readonly Ran[], width: number): string[] {
  const title = "How many times as long plain sampling takes for the same standard error:";
  const whole = [gainsTable(comparison, plain, others, false), gainsTable(comparison, plain, others, true)];
  const fitting = whole.find((text) => widthOf(text.split("\n")) <= width);
  const texts =
    fitting === undefined ? cut(others, width, (some) => gainsTable(comparison, plain, some, true)) : [fitting];
  return [...wrap(title.split(" "), " ", width), ...texts.flatMap((text) => ["", text])];
}

/** As few tables as are no wider than that; of one method where even that is too wide. */
function cut(others: readonly Ran[], width: number, tableOf: (some: readonly Ran[]) => string): string[] {
  for (let size = others.length - 1; size > 1; size--) {
    const texts = chunks(others, size).map(tableOf);
    if (texts.every((text) => widthOf(text.split("\n")) <= width)) return texts;
  }
  return chunks(others, 1).map(tableOf);
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function gainsTable({ exactMean }: Comparison, plain: Ran, others: readonly Ran[], isShort: boolean): string {
  const rows = plain.gains.map((gain, i) => [
    nameOf(gain),
    ...others.map(({ gains }) =>
      gain.figure === "mean" && exactMean !== null ? pc.dim("exact") : gainText(gains[i].gain),
    ),
  ]);
  const slower = others.map(({ seconds }) => formatFactor(seconds / plain.seconds));
  return table(
    [{ title: "", align: "left" }, ...others.map(({ method }) => ({ title: isShort ? SHORT[method] : method }))],
    [...rows, [isShort ? "time" : "time of as many years", ...slower]],
  );
}

function nameOf({ figure, p }: Pick<Gain, "figure" | "p">): string {
  return p === null ? NAMES[figure] : `${NAMES[figure]} ${formatPercent(p)}`;
}

function gainText(gain: number | null): string {
  if (gain === null) return "–";
  const text = formatFactor(gain);
  return gain >= WORTHWHILE ? pc.green(text) : gain < 1 ? pc.dim(text) : text;
}

function notes(
  { exactMean, samplingLevel }: Comparison,
  others: readonly Ran[],
  missing: readonly Missing[],
): string[] {
  const lines = missing.map(({ method, reason }) => `${method} does nothing for this book: ${reason}.`);
  if (exactMean !== null) {
    const mean = formatNumber(exactMean, decimalsFor(exactMean));
    lines.push(`The mean has a closed form, ${mean}: no sampling is needed for it.`);
  }
  const tilted = others.find(({ method }) => method === "importance");
  if (tilted) {
    lines.push(
      `importance is for the tail beyond ${formatPercent(samplingLevel)} (--sampling-level); its pilot runs took ${formatSeconds(tilted.pilotSeconds)} more.`,
    );
  }
  if (others.length === 0) return lines;
  return [...lines, "Below 1 a method does not help. Errors are those that each run reports of itself."];
}

/** The last line: what to take. */
function adviceText(best: readonly Advice[]): string {
  const advice = best.map((one) => {
    const worth = one.method === "plain" ? "" : ` (${formatFactor(one.gain)})`;
    return `for ${one.figure === "mean" ? "the mean" : nameOf(one)} ${one.method}${worth}`;
  });
  return advice.length === 0 ? "No figure has an error: plain sampling does as well." : `Best ${advice.join(", ")}.`;
}
