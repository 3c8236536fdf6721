import { type ExistingMoments, type Figure, LossmillError, type Output, type Report } from "@lossmill/core";

/** When to stop: after a time, or once every bound is met. */
export type StopRule = { readonly seconds: number } | { readonly bounds: readonly Bound[] };

/** What the standard error of a figure is to be below. */
export interface Bound {
  readonly figure: "mean" | "sd" | "var" | "tvar" | "oep";
  /** The probability level of var, tvar and oep; else null. */
  readonly p: number | null;
  /** In the portfolio's currency, or, where it is relative, in units of the figure. */
  readonly limit: number;
  readonly isRelative: boolean;
}

const NUMBER = String.raw`(?:\d+(?:\.\d+)?|\.\d+)`;
const TIME = new RegExp(`^(${NUMBER})\\s*(s|m|h)$`);
const PRECISION = new RegExp(
  `^(?:(mean|sd)|(var|tvar|oep)\\s*(${NUMBER})(?:\\s*%)?)\\s*<\\s*(${NUMBER}(?:e[+-]?\\d+)?)\\s*(%?)$`,
);
const SECONDS = { s: 1, m: 60, h: 3600 } as const;

const ALLOWED =
  "a time (30s, 2m, 1h) or precisions joined by and (var99.5 < 0.5% and mean < 250): " +
  "of mean, sd, varP, tvarP or oepP with P above 0 and below 100, to be below a number or a per cent above 0";

/**
 * Reads a stop rule: a time such as `30s`, `2m` or `1h`, or precisions such as `tvar99 < 1% and mean < 250`. The bound is
 * for the figure's standard error: an amount, or a per cent of the figure. Levels are per cents (99.5) or, below 1,
 * probabilities (0.995).
 *
 * @throws LossmillError BAD_CONFIGURATION at `until`
 */
export function parseUntil(text: string): StopRule {
  const rule = text.trim().toLowerCase();
  const time = TIME.exec(rule);
  if (time) {
    const seconds = Number(time[1]) * SECONDS[time[2] as keyof typeof SECONDS];
    return seconds > 0 ? { seconds } : refuse(text);
  }
  return { bounds: rule.split(/\s+and\s+/).map((bound) => parseBound(bound) ?? refuse(text, bound)) };
}

function parseBound(text: string): Bound | null {
  const [, plain, ranked, level, number, sign] = PRECISION.exec(text) ?? [];
  if (number === undefined) return null;
  const figure = (plain ?? ranked) as Bound["figure"];
  const p = level === undefined ? null : levelOf(level);
  const limit = sign === "%" ? perCent(number) : Number(number);
  const isLevel = p === null || (p > 0 && p < 1);
  return isLevel && limit > 0 && limit < Infinity ? { figure, p, limit, isRelative: sign === "%" } : null;
}

/** As `--at` reads them. */
function levelOf(digits: string): number {
  return Number(digits) < 1 ? Number(digits) : perCent(digits);
}

/** 0.995 for 99.5, by its digits: a division would round once more. */
function perCent(digits: string): number {
  const [mantissa, exponent = "0"] = digits.split("e");
  return Number(`${mantissa}e${Number(exponent) - 2}`);
}

/** What is most likely meant otherwise, by the first that applies. */
const HINTS: readonly (readonly [found: RegExp, hint: string])[] = [
  [new RegExp(`^${NUMBER}$`), "a time needs a unit"],
  [new RegExp(`^${NUMBER}\\s*[a-z]+$`), "a time stands alone, and its unit is s, m or h"],
  [/ or /, "precisions can only be joined by and"],
  [/\d,\d/, "a decimal has a point"],
  [/[,;&]/, "precisions are joined by and"],
  [/[>=]|^[^<]*$/, "a precision is a figure, < and a bound"],
  [/^(mean|sd)\s*[\d.]/, "mean and sd have no level"],
  [/^(var|tvar|oep)\s*</, "a level is missing, as in var99.5"],
  [/<\s*(-|[0.]+\s*%?$)/, "a bound is above 0"],
  [/^(var|tvar|oep)\s*[\d.]/, "the level or the bound is out of range"],
  [/^(?!(mean|sd)\b)[a-z]/, "there is no such figure"],
];

function refuse(text: string, part = text): never {
  const where = part.trim() === text.trim() ? "" : ` in ${JSON.stringify(text)}`;
  const [, hint] = HINTS.find(([found]) => found.test(part.trim().toLowerCase())) ?? [];
  const why = hint === undefined ? "" : `: ${hint}`;
  const message = `expected ${ALLOWED}; found ${JSON.stringify(part)}${where}${why}`;
  throw new LossmillError("BAD_CONFIGURATION", { place: "until", message });
}

/**
 * Throws where a bound could not be met however long a run is: the figure's standard error is not finite in the model.
 *
 * @throws LossmillError BAD_CONFIGURATION at `until`
 */
export function checkReachable(rule: StopRule, exists: ExistingMoments): void {
  if ("seconds" in rule) return;
  const without = rule.bounds.filter(({ figure }) => !hasError(figure, exists));
  if (without.length === 0) return;
  const named = [...new Set(without.map(nameOf))].join(" and ");
  const infinite = !exists.mean ? "mean" : !exists.variance ? "variance" : "fourth moment";
  const others = exists.variance ? "mean, tvarP, varP and oepP have one" : "varP and oepP have one";
  const message =
    `${named} would have no standard error, however many years are simulated: the ${infinite} of the book's annual loss ` +
    `is infinite; ${others}, and so has all of a book whose policies have limits`;
  throw new LossmillError("BAD_CONFIGURATION", { place: "until", message });
}

/**
 * Throws where a bound is for a figure of largest claims, and the plan has none.
 *
 * @throws LossmillError BAD_CONFIGURATION at `until`
 */
export function checkOutputs(bounds: readonly Bound[], outputs: readonly Output[]): void {
  const bound = bounds.find(({ figure }) => figure === "oep");
  if (bound === undefined || outputs.includes("maxOccurrence")) return;
  const message = `${nameOf(bound)} is of largest claims, and maxOccurrence is not among the plan's outputs: ${outputs.join(", ")}`;
  throw new LossmillError("BAD_CONFIGURATION", { place: "until", message });
}

function hasError(figure: Bound["figure"], { variance, fourthMoment }: ExistingMoments): boolean {
  if (figure === "sd") return fourthMoment;
  return figure === "var" || figure === "oep" || variance;
}

/** A figure as a rule names it: var99.5. */
function nameOf({ figure, p }: Bound): string {
  return p === null ? figure : `${figure}${Number((100 * p).toPrecision(12))}`;
}

/** The levels that a report must have for `isMet`. */
export function levelsOf(bounds: readonly Bound[]): number[] {
  return [...new Set(bounds.flatMap(({ p }) => (p === null ? [] : [p])))];
}

/**
 * Whether every bound is met by a report of its levels. A figure without a standard error meets none, and an approximate
 * one none that is finer than it is itself.
 */
export function isMet(bounds: readonly Bound[], report: Report): boolean {
  return bounds.every((bound) => {
    const { limit, isRelative } = bound;
    const { value, se, approximate = 0 } = figureOf(bound, report);
    if (value === null || se === null) return false;
    const size = Math.abs(value);
    const error = Math.max(se, approximate * size);
    return error === 0 || error < (isRelative ? limit * size : limit);
  });
}

const UNKNOWN: Figure = { value: null, se: null, low: null, high: null };

/** The figure that a bound is for; a report without its level knows nothing of it. */
export function figureOf({ figure, p }: Pick<Bound, "figure" | "p">, report: Report): Figure {
  if (figure === "mean" || figure === "sd") return report[figure];
  return report.quantiles.find((row) => row.p === p)?.[figure] ?? UNKNOWN;
}
