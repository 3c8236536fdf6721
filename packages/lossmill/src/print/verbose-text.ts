import { type Part, type Plan, type ResolvedConfig, type Summary, standardErrorOfMean } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import { memoryLimitBytes } from "../memory.ts";
import type { Simulation } from "../simulation.ts";
import type { Trial } from "../worst-trials.ts";
import { decimalsFor, formatNumber, formatSeconds } from "./number.ts";
import { predictedText } from "./predicted-text.ts";
import { table } from "./table.ts";

/** `-v 2`, before the run: every setting, its value and where the value comes from. */
export function chosenText(plan: Plan, config: ResolvedConfig, choice: Choice): string {
  const { backend, kernel, reason, settings } = choice;
  const { sources } = config;
  const copies = plan.lines.reduce((sum, line) => sum + line.copies, 0);
  return [
    `book         ${formatNumber(plan.lines.length)} lines, ${formatNumber(copies)} policies`,
    `trials       ${plan.trials === null ? "without end" : `${formatNumber(plan.trials)} (${sources.trials})`}, horizon ${formatNumber(plan.horizon)} (${sources.horizon})`,
    `seed         ${plan.seed} (${sources.seed})`,
    `backend      ${backend.name === kernel ? `${kernel} in this thread` : `${backend.name} over ${kernel}`} (${reason})`,
    ...predictedLine(choice),
    `level        ${plan.optimizationLevel} (${sources.optimizationLevel})`,
    `batch        ${settings.batchTrials ?? "auto"} (${config.batchTrials === "auto" && settings.batchTrials !== undefined ? choice.tuning.source : sources.batchTrials})`,
    `memory       limit ${formatNumber(memoryLimitBytes(config.memoryLimit) / 1e6)} MB (${sources.memoryLimit})`,
  ].join("\n");
}

function predictedLine({ predictions, tuning }: Choice): string[] {
  const text = predictedText(predictions, tuning.source);
  return text === null ? [] : [`predicted    ${text}`];
}

/** `-v 3`: one finished block. */
export function blockLine({ block, summary }: Part): string {
  const { mean, max } = summary.total;
  const years = `years ${block.start} to ${block.end - 1}`;
  return `block ${block.index}: ${years}, mean ${formatNumber(mean)}, worst ${formatNumber(max)}, ${summary.draws} draws`;
}

/** `-v 2`, after the run: where the time went and what it took. */
export function finishedText({ result, stages }: Simulation): string {
  const { user, system } = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS / 1000;
  const times = Object.entries(stages).map(([name, seconds]) => `${name} ${formatSeconds(seconds)}`);
  return [
    `stages       ${times.join(", ")}`,
    `rate         ${formatNumber(result.trials / stages.simulate)} years a second`,
    `draws        ${formatNumber(result.draws)}`,
    `cpu          ${formatSeconds((user + system) / 1e6)} of the whole process`,
    `memory       ${formatNumber(peak)} MB at the peak of the process`,
  ].join("\n");
}

/** `-v 3`: the worst years, to be looked at one by one. */
export function worstTrialsText(worst: readonly Trial[]): string {
  const decimals = decimalsFor(worst[0]?.total ?? 0);
  return table(
    [{ title: "trial" }, { title: "total" }, { title: "largest claim" }, { title: "paid claims" }],
    worst.map(({ trial, total, maxOccurrence, claims }) => [
      String(trial),
      formatNumber(total, decimals),
      formatNumber(maxOccurrence, decimals),
      formatNumber(claims),
    ]),
  );
}

/** `-v 2`, as the run goes: the mean so far and its standard error. */
export function convergenceText({ total }: Summary): string {
  const se = standardErrorOfMean(total);
  const decimals = decimalsFor(total.mean);
  const margin = Number.isFinite(se) ? ` ± ${formatNumber(se, decimals)} (se)` : "";
  return `so far       ${formatNumber(total.n)} years, mean ${formatNumber(total.mean, decimals)}${margin}`;
}
