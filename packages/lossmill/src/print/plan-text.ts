import type { Line, LineExplanation, PlanExplanation } from "@lossmill/core";
import * as pc from "./colors.ts";
import type { PlanResult } from "../plan-result.ts";
import type { SamplingExplanation } from "../sampling/explain-sampling.ts";
import { lawText, termsText } from "./law-text.ts";
import { formatBytes, formatError, formatNumber, formatPercent, formatSeconds } from "./number.ts";
import { shortened } from "./printable.ts";
import { predictedText } from "./predicted-text.ts";
import { type Column, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** Lines shown before the rest is only counted: the costliest are what a reader looks for. */
const MOST_LINES = 40;
/** Up to so many lines each says why it is as it is; of more, the table of rewrites tells enough. */
const MOST_REASONS = 12;
/** From this width on laws and terms stand beside a line's figures. */
const WIDE = 130;
/** Below this width a line's claims and its draws at level 0 are left out. */
const NARROW = 76;

/** A plan for a person, `width` characters wide at most where its numbers allow. */
export function planText(result: PlanResult, width: number): string {
  const { plan, lines } = result;
  const order = lines.map((_, i) => i);
  if (order.length > MOST_LINES) order.sort((a, b) => lines[b].draws - lines[a].draws || a - b);
  const shown = order.slice(0, MOST_LINES);
  const isChanged = plan.optimizationLevel > 0 || result.sampling.method !== "plain";
  const hidden = lines.length - shown.length;
  return [
    pc.bold(shortened(plan.portfolio, Math.max(20, width))),
    ...heading(result, width),
    "",
    ...(isChanged ? [rewritesTable(result, width), ""] : []),
    lineTable(result, shown, width),
    ...(hidden > 0 ? [pc.dim(`… and ${formatNumber(hidden)} cheaper lines; --json has all`)] : []),
    ...(lines.length <= MOST_REASONS && isChanged ? ["", ...reasons(result, width)] : []),
  ].join("\n");
}

function heading(result: PlanResult, width: number): string[] {
  const { plan, lines, policies, claims, drawnClaims, drawsBefore, draws } = result;
  const level = plan.optimizationLevel;
  const paying = drawnClaims < claims ? `, of which ${formatNumber(drawnClaims, 2)} can pay and are drawn` : "";
  const parts = [
    `${counted(lines.length, "line")} for ${counted(policies, "policy", "policies")}, level ${level}${level === 0 ? ": the definition, nothing rewritten" : ""}`,
    `${formatNumber(claims, 2)} ground-up claims a year${paying}`,
    `${formatNumber(draws)} draws a block of 4,096 years${level === 0 ? "" : `, ${formatNumber(drawsBefore)} at level 0${fewer(drawsBefore / draws)}`}`,
    ...runText(result),
    planningText(result),
    ...samplingText(result.sampling),
    ...choiceText(result),
  ];
  return parts.flatMap((part) => wrap(part.split(" "), " ", width));
}

/** What the run draws, and what it costs that scattered lines draw the whole of its last block. */
function runText({ plan, runDraws, wholeBlockFactor }: PlanExplanation): string[] {
  if (plan.trials === null || runDraws === null || wholeBlockFactor === null) return [];
  const waste =
    wholeBlockFactor >= 1.05
      ? `: ${times(wholeBlockFactor)} its share of a block, for lines that scatter draw whole blocks`
      : "";
  return [`${formatNumber(runDraws)} draws for ${formatNumber(plan.trials)} years${waste}`];
}

function planningText({ planningSeconds, planBytes, tableBytes }: PlanResult): string {
  return `planned in ${formatSeconds(planningSeconds)}: ${formatBytes(planBytes)} as JSON, tables of ${formatBytes(tableBytes)}`;
}

/** How trials are sampled, where that is not plain. */
function samplingText(sampling: SamplingExplanation): string[] {
  const { method, reason, samplingLevel, addedClaims, dimensions, replicates, pilotSeconds, lines } = sampling;
  if (method === "plain") return reason.startsWith("auto") ? [`sampled plainly (${reason})`] : [];
  const count = lines.filter((line) => line.isSampled).length;
  const facts = [
    `sampled by ${method}${samplingLevel === null ? "" : ` for the tail beyond ${formatPercent(samplingLevel)}`} (${reason})`,
    `${formatNumber(count)} of ${counted(lines.length, "line")}`,
    ...(addedClaims === null ? [] : [`${formatError(addedClaims)} claims added in a year of odd number`]),
    ...(dimensions === null ? [] : [`${counted(dimensions, "dimension")}, ${replicates} sequences of points`]),
    ...(pilotSeconds === 0 ? [] : [`pilot runs ${formatSeconds(pilotSeconds)}`]),
  ];
  return [facts.join("; ")];
}

/** What runs it, why, and how long that is predicted to take. */
function choiceText({ choice }: PlanResult): string[] {
  const { backend, kernel, reason, predictions, costs } = choice;
  const predicted = predictedText(predictions, costs);
  return [
    `run by ${backend === kernel ? `${kernel} in this thread` : `${backend} over ${kernel}`} (${reason})`,
    ...(predicted === null ? [] : [`predicted to take ${predicted}`]),
  ];
}

function fewer(factor: number): string {
  return factor >= 1.05 ? `: ${times(factor)} fewer` : "";
}

function times(factor: number): string {
  return `${formatNumber(factor, factor < 100 ? 1 : 0)} ×`;
}

function counted(n: number, one: string, many = `${one}s`): string {
  return `${formatNumber(n)} ${n === 1 ? one : many}`;
}

/** What was done, what was not and why, and to how many lines. */
function rewritesTable({ lines, sampling }: PlanResult, width: number): string {
  const groups = (name: string, of: (line: LineExplanation, i: number) => string): string[][] => {
    const found = new Map<string, { lines: number; policies: number }>();
    lines.forEach((line, i) => {
      const group = found.get(of(line, i)) ?? { lines: 0, policies: 0 };
      found.set(of(line, i), { lines: group.lines + 1, policies: group.policies + line.policies });
    });
    return [...found].map(([what, group], i) => [
      i === 0 ? name : "",
      shortened(what, Math.max(24, width - 28)),
      formatNumber(group.lines),
      formatNumber(group.policies),
    ]);
  };
  return table(
    [{ title: "rewrite", align: "left" }, { title: "", align: "left" }, { title: "lines" }, { title: "policies" }],
    [
      ...groups("merge", ({ merge }) => merge),
      ...groups("thin", ({ thin, claims, drawnClaims }) =>
        drawnClaims < claims ? "claims that cannot pay are left out" : thin,
      ),
      ...groups("place", ({ placement }) => placement),
      ...(sampling.method === "plain" ? [] : groups("sample", (_, i) => sampledText(sampling, i))),
    ],
  );
}

/** What is done to a line, but for what differs from each to the next. */
function sampledText({ method, lines }: SamplingExplanation, i: number): string {
  const { isSampled, what } = lines[i];
  if (!isSampled || method === "control") return what;
  return method === "importance" ? "largest claims are added" : "counts and first claims are driven";
}

function lineTable({ lines, plan }: PlanExplanation, shown: readonly number[], width: number): string {
  const isWide = width >= WIDE;
  const room = isWide ? Math.floor((width - 80) / 3) : 0;
  const laws: readonly [title: string, cell: (line: Line) => string][] = [
    ["frequency", ({ frequency }) => lawText(frequency)],
    ["severity", ({ severity }) => lawText(severity)],
    ["terms", ({ terms }) => termsText(terms)],
  ];
  const columns: Column[] = [
    { title: "line", align: "left" },
    { title: "policies" },
    ...(isWide ? laws.map(([title]): Column => ({ title, align: "left" })) : []),
    ...(width >= NARROW ? [{ title: "claims" }] : []),
    { title: "drawn" },
    { title: "placement", align: "left" },
    ...(width >= NARROW ? [{ title: "at level 0" }] : []),
    { title: "draws" },
  ];
  const rows = shown.map((i) => {
    const line = lines[i];
    return [
      shortened(line.id, Math.max(8, Math.min(24, width - 62))),
      formatNumber(line.policies),
      ...(isWide ? laws.map(([, cell]) => shortened(cell(plan.lines[i]), room)) : []),
      ...(width >= NARROW ? [formatNumber(line.claims, 2)] : []),
      share(plan.lines[i].survival),
      line.placement,
      ...(width >= NARROW ? [formatNumber(line.drawsBefore)] : []),
      formatNumber(line.draws, line.draws < 10 ? 1 : 0),
    ];
  });
  return table(columns, rows);
}

function share(survival: number): string {
  return survival > 0.9995 ? "all" : `${Number((survival * 100).toPrecision(3))} %`;
}

/** One paragraph a line: what became of it and why. */
function reasons({ lines, sampling }: PlanResult, width: number): string[] {
  return lines.flatMap(({ id, merge, thin, place }, line) => {
    const sample = sampling.method === "plain" ? "" : `; sample: ${sampling.lines[line].what}`;
    const words = [`${shortened(id, 24)}:`, ...`merge: ${merge}; thin: ${thin}; place: ${place}${sample}`.split(" ")];
    return wrap(words, " ", width - 2).map((text, i) => (i === 0 ? text : `  ${text}`));
  });
}
