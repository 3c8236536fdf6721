import type { Certificate, Check, CheckName, RunEntry } from "@lossmill/harness";
import { verdict } from "@lossmill/harness";
import pc from "picocolors";
import { formatNumber } from "./number.ts";
import { shortened } from "./printable.ts";
import { type Column, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** Checks that are a distance in standard errors, then those that are p-values; a column each. */
const DISTANCES: readonly (readonly [title: string, names: readonly CheckName[]])[] = [
  ["mean", ["mean", "limitedMean"]],
  ["sd", ["sd"]],
  ["claims", ["claims"]],
  ["VaR", ["var"]],
  ["TVaR", ["tvar", "limitedTvar"]],
  ["OEP", ["oep"]],
];
const P_VALUES: readonly (readonly [title: string, name: CheckName])[] = [
  ["total", "total"],
  ["largest", "maxOccurrence"],
  ["levels", "levels"],
];
/** Sentences about failures before the rest is only counted. */
const MOST_FAILURES = 20;

/** A certificate for a person, `width` characters wide at most where its numbers allow. */
export function verifyText(certificate: Certificate, width: number): string {
  const { portfolio, trials, seed, limits, agreements } = certificate;
  const say = (text: string) => wrap(text.split(" "), " ", width);
  return [
    pc.bold(shortened(portfolio, Math.max(20, width))),
    ...say(`${formatNumber(trials)} years, seed ${seed}, against the exact distribution`).map((line) => pc.dim(line)),
    "",
    runsTable(certificate),
    "",
    ...say(
      `mean to OEP: the largest distance from the exact value in standard errors, at most ${limits.standardErrors}. ` +
        `total, largest: p-values of the whole distribution, levels: against level 0; at least ${limits.pValue}.`,
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

function runsTable({ runs }: Certificate): string {
  const columns: Column[] = [
    { title: "backend", align: "left" },
    { title: "level" },
    ...[...DISTANCES, ...P_VALUES].map(([title]) => ({ title })),
    { title: "", align: "left" },
  ];
  return table(columns, runs.map(runRow));
}

function runRow({ backend, level, checks, passed, notRun }: RunEntry): string[] {
  const of = (names: readonly CheckName[]) => checks.filter(({ name, judged }) => judged && names.includes(name));
  const largest = (
    found: readonly Check[],
    value: (check: Check) => number | null,
    best: (...all: number[]) => number,
  ) => (found.length === 0 ? "–" : shown(best(...found.map((check) => value(check) ?? 0))));
  return [
    backend,
    String(level),
    ...DISTANCES.map(([, names]) => largest(of(names), ({ distance }) => distance, Math.max)),
    ...P_VALUES.map(([, name]) => largest(of([name]), ({ pValue }) => pValue, Math.min)),
    notRun === undefined ? (passed ? pc.green("passed") : pc.red("FAILED")) : "not run",
  ];
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
