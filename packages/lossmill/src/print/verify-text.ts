import type { Certificate, Check, CheckName, RunEntry } from "@lossmill/harness";
import { verdict } from "@lossmill/harness";
import * as pc from "./colors.ts";
import { formatNumber } from "./number.ts";
import { shortened } from "./printable.ts";
import { seedText } from "./seed-text.ts";
import { type Column, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** A column of the table of runs: what it is made of, and which of several findings counts. */
interface Finding {
  readonly title: string;
  readonly names: readonly CheckName[];
  readonly worst: (checks: readonly Check[]) => number;
}

const largestDistance = (checks: readonly Check[]) => Math.max(...checks.map(({ distance }) => distance ?? 0));
const smallestPValue = (checks: readonly Check[]) => Math.min(...checks.map(({ pValue }) => pValue ?? 1));

const DISTANCES: readonly Finding[] = [
  { title: "mean", names: ["mean", "limitedMean"], worst: largestDistance },
  { title: "sd", names: ["sd"], worst: largestDistance },
  { title: "claims", names: ["claims"], worst: largestDistance },
  { title: "VaR", names: ["var"], worst: largestDistance },
  { title: "TVaR", names: ["tvar", "limitedTvar"], worst: largestDistance },
  { title: "OEP", names: ["oep"], worst: largestDistance },
];
const P_VALUES: readonly Finding[] = [
  { title: "total", names: ["total"], worst: smallestPValue },
  { title: "largest", names: ["maxOccurrence"], worst: smallestPValue },
  { title: "levels", names: ["levels"], worst: smallestPValue },
];

/** Below this width distances and p-values have a table each. */
const WIDE = 100;
/** Sentences about failures before the rest is only counted. */
const MOST_FAILURES = 20;

/** A certificate for a person, `width` characters wide at most where its numbers allow. */
export function verifyText(certificate: Certificate, width: number): string {
  const { portfolio, trials, limits, agreements } = certificate;
  const say = (text: string) => wrap(text.split(" "), " ", width);
  return [
    pc.bold(shortened(portfolio, Math.max(20, width))),
    ...say(
      `${formatNumber(trials)} ${trials === 1 ? "year" : "years"}, ${seedText(certificate)}, against the exact distribution`,
    ).map((line) => pc.dim(line)),
    "",
    ...runsTables(certificate, width),
    "",
    ...say(
      `mean to OEP: the largest distance from the exact value in standard errors, at most ${limits.standardErrors}. ` +
        `total, largest: p-values of the whole distribution, levels: against level 0; at least ${limits.pValue}.` +
        (hasCutOff(certificate)
          ? " *: of losses cut off at a limit, where the whole tail is too heavy to be judged."
          : ""),
    ).map((line) => pc.dim(line)),
    ...(agreements.length > 0
      ? ["", agreementTable(certificate)]
      : [pc.dim("One backend: nothing to compare it with.")]),
    "",
    ...notJudgedText(certificate)
      .flatMap(say)
      .map((line) => pc.yellow(line)),
    ...verdictText(certificate).flatMap(say),
  ].join("\n");
}

function hasCutOff({ runs }: Certificate): boolean {
  return runs.some(({ checks }) => checks.some(({ judged, limit }) => judged && limit !== null));
}

/** One table, or two where one is too wide. */
function runsTables({ runs }: Certificate, width: number): string[] {
  const all = [...DISTANCES, ...P_VALUES];
  const parts = width >= WIDE ? [all] : [DISTANCES, P_VALUES];
  return parts.flatMap((columns, i) => [...(i > 0 ? [""] : []), runsTable(runs, columns)]);
}

function runsTable(runs: readonly RunEntry[], findings: readonly Finding[]): string {
  const columns: Column[] = [
    { title: "backend", align: "left" },
    { title: "level" },
    ...findings.map(({ title }) => ({ title })),
    { title: "", align: "left" },
  ];
  return table(
    columns,
    runs.map(({ backend, level, checks, passed, notRun }) => [
      backend,
      String(level),
      ...findings.map((finding) => findingText(finding, checks)),
      notRun === undefined ? (passed ? pc.green("passed") : pc.red("FAILED")) : "not run",
    ]),
  );
}

/** The worst of a finding's checks; a star where losses were cut off for it. */
function findingText({ names, worst }: Finding, checks: readonly Check[]): string {
  const judged = checks.filter((check) => check.judged && names.includes(check.name));
  if (judged.length === 0) return "–";
  return `${shown(worst(judged))}${judged.some(({ limit }) => limit !== null) ? "*" : ""}`;
}

function shown(value: number): string {
  return value >= 0.01 || value === 0 ? value.toFixed(2) : value.toExponential(0);
}

function agreementTable({ agreements }: Certificate): string {
  return table(
    [
      { title: "trial by trial", align: "left" },
      { title: "level" },
      { title: "total" },
      { title: "largest" },
      { title: "promised" },
      { title: "counts differ" },
      { title: "", align: "left" },
    ],
    agreements.map(({ backends, level, total, maxOccurrence, promised, claims, passed, compared, reason }) => [
      `${backends[1]} and ${backends[0]}`,
      String(level),
      compared ? difference(total.relative) : "–",
      compared ? difference(maxOccurrence.relative) : "–",
      promised === 0 ? "every bit" : String(promised),
      compared ? formatNumber(claims.differing) : "–",
      compared ? (passed ? pc.green("passed") : pc.red("FAILED")) : (reason ?? ""),
    ]),
  );
}

/** Relative to the trial's ground-up sum. */
function difference(relative: number | null): string {
  return relative === null ? "beyond measure" : relative === 0 ? "none" : relative.toExponential(1);
}

/** Each reason once, with what it kept from being judged. */
function notJudgedText({ runs }: Certificate): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { name, p, judged, reason } of runs.flatMap(({ checks }) => checks)) {
    if (judged || name === "levels" || reason === undefined) continue;
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(p === null ? name : `${name} at ${p}`));
  }
  return [...byReason].map(([reason, names]) => `Not judged: ${[...names].join(", ")}: ${reason}.`);
}

function verdictText(certificate: Certificate): string[] {
  const { judged, failed, passed } = certificate;
  const failures = verdict(certificate);
  const hidden = failures.length - MOST_FAILURES;
  return [
    ...failures.slice(0, MOST_FAILURES).map((sentence) => pc.red(sentence)),
    ...(hidden > 0 ? [`… and ${formatNumber(hidden)} more; --json has all`] : []),
    pc.bold(`${formatNumber(judged)} findings, ${formatNumber(failed)} failed: ${passed ? "passed" : "FAILED"}`),
  ];
}
