import type { Bound } from "@lossmill/backend-streaming";
import type { ClaimForms, Part, Plan, ResolvedConfig } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import type { Look, LookedAt } from "../looks.ts";
import { memoryLimitBytes } from "../memory.ts";
import type { Simulation } from "../simulation.ts";
import type { Trial } from "../worst-trials.ts";
import { blockMean } from "./block-mean.ts";
import { decimalsFor, formatError, formatNumber, formatPercent, formatSeconds } from "./number.ts";
import { predictedText } from "./predicted-text.ts";
import { table } from "./table.ts";
import { sumOf } from "@lossmill/core/math";

/** `-v 2`, before the run: every setting, its value and where the value comes from. */
export function chosenText(plan: Plan, config: ResolvedConfig, choice: Choice): string {
  const { backend, kernel, reason, settings } = choice;
  const { sources } = config;
  const copies = sumOf(plan.lines, (line) => line.copies);
  return [
    `book         ${formatNumber(plan.lines.length)} lines, ${formatNumber(copies)} policies`,
    `trials       ${plan.trials === null ? "without end" : `${formatNumber(plan.trials)} (${sources.trials})`}, horizon ${formatNumber(plan.horizon)} (${sources.horizon})`,
    `seed         ${plan.seed} (${sources.seed}) of ${plan.generator ?? "pcg64"} (${sources.generator})`,
    `backend      ${backend.name === kernel ? `${kernel} in this thread` : `${backend.name} over ${kernel}`} (${reason})`,
    ...predictedLine(choice),
    ...samplingLine(plan),
    `level        ${plan.optimizationLevel} (${sources.optimizationLevel})`,
    `batch        ${settings.batchTrials ?? "auto"} (${config.batchTrials === "auto" && settings.batchTrials !== undefined ? choice.tuning.source : sources.batchTrials})`,
    `memory       limit ${formatNumber(memoryLimitBytes(config.memoryLimit) / 1e6)} MB (${sources.memoryLimit})`,
  ].join("\n");
}

/** Only where it is not plain; why it was chosen stands in a note. */
function samplingLine({ sampling }: Plan): string[] {
  if (sampling === undefined) return [];
  const level =
    sampling.method === "importance" && sampling.level !== undefined
      ? ` for the tail beyond ${formatPercent(sampling.level)}`
      : "";
  return [`sampling     ${sampling.method}${level}`];
}

function predictedLine({ predictions, tuning }: Choice): string[] {
  const text = predictedText(predictions, tuning.source);
  return text === null ? [] : [`predicted    ${text}`];
}

/** `-v 3`: one finished block. */
export function blockLine(part: Part): string {
  const { block, summary } = part;
  const { max } = summary.total;
  const mean = blockMean(part);
  const years = `years ${block.start} to ${block.end - 1}`;
  return `block ${block.index}: ${years}, mean ${formatNumber(mean)}, worst ${formatNumber(max)}, ${summary.draws} draws`;
}

/** `-v 2`, after the run: where the time went and what it took. */
export function finishedText({ result, stages }: Simulation, forms: ClaimForms | null): string {
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS / 1000;
  const times = Object.entries(stages).map(([name, seconds]) => `${name} ${formatSeconds(seconds)}`);
  return [
    `stages       ${times.join(", ")}`,
    `rate         ${formatNumber(result.trials / stages.simulate)} years a second`,
    `draws        ${formatNumber(result.draws)}`,
    `tables       ${formsText(forms)}`,
    `cpu          ${formatSeconds((user + system) / 1e6)} of the whole process`,
    `memory       ${formatNumber(peak)} MB at the peak of the process`,
  ].join("\n");
}

/** `-v 3`: the worst years, to be looked at one by one. */
export function worstTrialsText(worst: readonly Trial[]): string {
  const decimals = decimalsFor(worst[0]?.total ?? 0);
  const hasWeight = worst.some(({ weight }) => weight !== undefined);
  return table(
    [
      { title: "trial" },
      { title: "total" },
      { title: "largest claim" },
      { title: "paid claims" },
      ...(hasWeight ? [{ title: "weight" }] : []),
    ],
    worst.map(({ trial, total, maxOccurrence, claims, weight }) => [
      String(trial),
      formatNumber(total, decimals),
      formatNumber(maxOccurrence, decimals),
      formatNumber(claims),
      ...(weight === undefined ? [] : [formatError(weight)]),
    ]),
  );
}

/** `-v 2`, as the run goes: each figure so far with its standard error, and how near that is to what a rule wants. */
export function lookText({ trials, figures }: Look): string {
  return `so far       ${formatNumber(trials)} years: ${figures.map(lookedAtText).join(", ")}`;
}

function lookedAtText({ figure, p, found: { value, se, reason }, bound }: LookedAt): string {
  const name = p === null ? figure : `${NAMES[figure]} ${formatPercent(p)}`;
  if (value === null) return `${name} not known (${reason})`;
  const decimals = decimalsFor(value);
  const wanted = bound === undefined ? "" : `, wanted < ${limitText(bound)}`;
  if (se === null) return `${name} ${formatNumber(value, decimals)} (${reason}${wanted})`;
  const share = value === 0 ? "" : `${formatError((100 * se) / Math.abs(value))} %`;
  const notes = `${share}${wanted}`.replace(/^, /, "");
  const margin = formatNumber(se, Math.max(decimals, decimalsFor(se) - 2));
  return `${name} ${formatNumber(value, decimals)} ± ${margin}${notes === "" ? "" : ` (${notes})`}`;
}

const NAMES = { mean: "mean", sd: "sd", var: "VaR", tvar: "TVaR", oep: "OEP" } as const;

function limitText({ limit, isRelative }: Bound): string {
  return isRelative ? formatPercent(limit) : String(limit);
}

/** How many claims a year are expected to go through each kind of table, and to be asked of the law itself. */
function formsText(forms: ClaimForms | null): string {
  if (forms === null) return "none: the law is asked for every claim";
  const { quantile, curve, line, steps, law } = forms;
  const all = quantile + curve + line + steps + law;
  const parts: readonly (readonly [name: string, claims: number])[] = [
    ["quantile tables", quantile],
    ["curves", curve],
    ["lognormal lines", line],
    ["steps", steps],
    ["the law itself", law],
  ];
  const told = parts.filter(([, claims]) => claims > 0);
  if (told.length === 0) return "no claims are expected";
  const shares = told.map(([name, claims]) => `${name} ${formatError((100 * claims) / all)} %`);
  return `of ${formatNumber(all, decimalsFor(all))} claims that a year is expected to draw: ${shares.join(", ")}`;
}
