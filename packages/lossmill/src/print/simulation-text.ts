import type { Figure } from "@lossmill/core";
import * as pc from "./colors.ts";
import type { PolicyFigures } from "../by-policy.ts";
import type { SimulationResult } from "../simulation.ts";
import { decimalsFor, formatError, formatNumber, formatPercent, formatSeconds } from "./number.ts";
import { shortened } from "./printable.ts";
import { seedText } from "./seed-text.ts";
import { type Column, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** From this width on intervals stand beside their figures; below, ± half of their width; below 60, values alone. */
const WIDE = 118;
const MEDIUM = 60;

/** A result for a person, `width` characters wide at most where its numbers allow. */
export function simulationText(result: SimulationResult, width: number): string {
  const decimals = decimalsFor(result.mean.value ?? result.quantiles.at(-1)?.var.value ?? 0);
  const amount = (value: number) => formatNumber(value, decimals);
  return [
    heading(result, width),
    "",
    table(
      [{ title: "a year", align: "left" }, { title: "estimate" }, { title: "95 % interval" }],
      [
        ["mean", ...withInterval(result.mean, amount)],
        ...(result.exactMean === null ? [] : [["mean, exact", amount(result.exactMean), "by the laws"]]),
        ["sd", ...withInterval(result.sd, amount)],
        [
          "paid claims",
          ...withInterval({ ...result.claims, low: null, high: null }, (value) => formatNumber(value, 2)),
        ],
      ],
    ),
    "",
    quantileTable(result, width, amount),
    "",
    ...(result.byPolicy ? [policyTable(result.byPolicy, width, amount), ""] : []),
    ...notes(result, width),
  ].join("\n");
}

function heading(result: SimulationResult, width: number): string {
  const title = pc.bold(shortened(result.portfolio, Math.max(20, width)));
  const facts = [
    `${formatNumber(result.trials)} years`,
    // XXX is ISO 4217's "no currency": the book does not say.
    ...(result.currency === "XXX" ? [] : [`amounts in ${shortened(result.currency, 20)}`]),
    seedText(result),
    `${result.backend}, level ${result.optimizationLevel}`,
    ...samplingFact(result),
    formatSeconds(result.seconds),
  ];
  return [title, ...wrap(facts, " · ", width).map((line) => pc.dim(line))].join("\n");
}

function samplingFact({ sampling, samplingLevel }: SimulationResult): string[] {
  if (sampling === undefined) return [];
  return [
    `sampling ${sampling}${samplingLevel === undefined ? "" : ` for the tail beyond ${formatPercent(samplingLevel)}`}`,
  ];
}

type Amount = (value: number) => string;

/** The value; one that is as near as a sketch is marked. */
function estimateOf({ value, approximate }: Figure, amount: Amount): string {
  if (value === null) return "–";
  return approximate === undefined ? amount(value) : `≈ ${amount(value)}`;
}

function withInterval(figure: Figure, amount: Amount): [string, string] {
  const { se, low, high, reason } = figure;
  const estimate = estimateOf(figure, amount);
  if (low !== null && high !== null) return [estimate, `${amount(low)} – ${amount(high)}`];
  if (se !== null) return [estimate, `se ${amount(se)}`];
  return [estimate, reason ?? ""];
}

function withMargin(figure: Figure, amount: Amount): [string, string] {
  const { low, high } = figure;
  const estimate = estimateOf(figure, amount);
  return [estimate, low === null || high === null ? "" : `± ${amount((high - low) / 2)}`];
}

function quantileTable({ quantiles }: SimulationResult, width: number, amount: Amount): string {
  const names = ["VaR", "TVaR", "OEP"];
  const shown = (cells: (figure: Figure) => string[]) =>
    quantiles.map(({ p, returnPeriod, var: valueAtRisk, tvar, oep }) => [
      formatNumber(returnPeriod, Number.isInteger(returnPeriod) ? 0 : 1),
      formatPercent(p),
      ...[valueAtRisk, tvar, oep].flatMap(cells),
    ]);
  const columns = (each: (name: string) => Column[]): Column[] => [
    { title: "years" },
    { title: "level" },
    ...names.flatMap(each),
  ];
  const layouts = [
    () =>
      table(
        columns((title) => [{ title }, { title: "95 % interval" }]),
        shown((f) => withInterval(shortReason(f), amount)),
      ),
    () =>
      table(
        columns((title) => [{ title }, { title: "±" }]),
        shown((f) => withMargin(f, amount)),
      ),
    () =>
      table(
        columns((title) => [{ title }]),
        shown((f) => [withMargin(f, amount)[0]]),
      ),
  ];
  const first = width >= WIDE ? 0 : width >= MEDIUM ? 1 : 2;
  const candidates = layouts.slice(first).map((layout) => layout());
  return candidates.find((text) => widthOf(text) <= width) ?? candidates.at(-1)!;
}

/** Policies in a table; the rest is in --json. */
const MOST_POLICIES = 20;

/** The policies with the largest means, the largest first. */
function policyTable(policies: readonly PolicyFigures[], width: number, amount: Amount): string {
  const ordered = policies.toSorted((a, b) => (b.mean.value ?? Infinity) - (a.mean.value ?? Infinity));
  const shown = table(
    [{ title: "policy", align: "left" }, { title: "mean" }, { title: "±" }, { title: "sd" }, { title: "of all" }],
    ordered
      .slice(0, MOST_POLICIES)
      .map(({ id, mean, sd, share }) => [
        shortened(id, Math.max(8, width - 50)),
        ...withMargin(mean, amount),
        withMargin(sd, amount)[0],
        share === null ? "" : formatPercent(Number(share.toPrecision(3))),
      ]),
  );
  const left = policies.length - MOST_POLICIES;
  return left > 0 ? `${shown}\n${pc.dim(`and ${formatNumber(left)} more: --json has all`)}` : shown;
}

/** In a cell only what a reader can act on; the note below the table says the rest. */
function shortReason(figure: Figure): Figure {
  return figure.reason?.startsWith("needs") ? figure : { ...figure, reason: "" };
}

function notes(result: SimulationResult, width: number): string[] {
  const reasons = new Set(
    [result.mean, result.sd].concat(result.quantiles.flatMap((q) => [q.tvar])).map((f) => f.reason),
  );
  // "needs n ≥ …" stands in its cell, or is what a missing margin means.
  const said = [...reasons].filter((reason) => reason !== undefined && !reason.startsWith("needs"));
  const lines = said.map((reason) => pc.yellow(`Note: ${reason}.`));
  lines.push(
    pc.dim("VaR and TVaR are of the year's total after all terms; OEP is of its largest claim before aggregate terms."),
  );
  const sketched = result.quantiles.flatMap((q) => [q.var, q.tvar, q.oep]).find((f) => f.approximate !== undefined);
  if (sketched)
    lines.push(
      pc.dim(
        `≈ is from a sketch of the losses, right to ${formatPercent(Number(sketched.approximate!.toPrecision(1)))}.`,
      ),
    );
  const worth = worthText(result);
  if (worth !== "") lines.push(...wrap(worth.split(" "), " ", width).map((line) => pc.dim(line)));
  if (result.stoppedBy !== "trials") {
    const { trials, horizon, seed, generator } = result;
    const why = { precision: "Precise enough.", time: "Time is over.", signal: "Stopped early." }[result.stoppedBy];
    const seeded = `--seed ${seed}${generator === "pcg64" ? "" : ` --generator ${generator}`}`;
    const hint = `${why} The same figures: --trials ${trials} --horizon ${horizon} ${seeded}${samplingOptions(result)}`;
    lines.push(result.complete ? pc.dim(hint) : pc.yellow(hint));
  }
  return lines;
}

/** How many plain years one of the run was worth, for the mean and for the tail; empty where that is not known. */
function worthText({ trials, mean, quantiles, samplingLevel = TAIL }: SimulationResult): string {
  const ordered = quantiles.toSorted((a, b) => a.p - b.p);
  const tail = ordered.findLast(({ p }) => p <= samplingLevel) ?? ordered.at(0);
  const figures: readonly (readonly [name: string, figure: Figure | undefined])[] = [
    ["the mean", mean],
    [`TVaR ${formatPercent(tail?.p ?? 0)}`, tail?.tvar],
  ];
  const worth = figures.flatMap(([name, figure]) => {
    return figure?.effectiveTrials === undefined ? [] : [`${formatError(figure.effectiveTrials / trials)} for ${name}`];
  });
  return worth.length === 0 ? "" : `One year was worth so many plain ones: ${worth.join(", ")}.`;
}

/** The level that is looked at where the method is for none. */
const TAIL = 0.995;

/** The options that ask for the same sampling again. */
function samplingOptions({ sampling, samplingLevel }: SimulationResult): string {
  if (sampling === undefined) return "";
  return ` --sampling ${sampling}${samplingLevel === undefined ? "" : ` --sampling-level ${samplingLevel}`}`;
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}
