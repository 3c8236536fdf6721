import { type Figure, LossmillError, type Report } from "@lossmill/core";

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

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const TIME = new RegExp(`^(${NUMBER})\\s*(s|m|h)$`);
const PRECISION = new RegExp(`^(?:(mean|sd)|(var|tvar|oep)(${NUMBER}))\\s*<\\s*(${NUMBER})\\s*(%?)$`);
const SECONDS = { s: 1, m: 60, h: 3600 } as const;

const ALLOWED =
  "a time (30s, 2m, 1h) or precisions joined by and (var99.5 < 0.5% and mean < 250): " +
  "of mean, sd, varP, tvarP or oepP with P above 0 and below 100, to be below a number or a per cent above 0";

/**
 * Reads a stop rule: a time such as `30s`, `2m` or `1h`, or precisions such as `tvar99 < 1% and mean < 250`. The bound is
 * for the figure's standard error: an amount, or a per cent of the figure.
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
  const p = level === undefined ? null : perCent(level);
  const limit = sign === "%" ? perCent(number) : Number(number);
  const isLevel = p === null || (p > 0 && p < 1);
  return isLevel && limit > 0 ? { figure, p, limit, isRelative: sign === "%" } : null;
}

/** 0.995 for 99.5, by its digits: a division would round once more. */
function perCent(digits: string): number {
  return Number(`${digits}e-2`);
}

function refuse(text: string, part = text): never {
  const where = part.trim() === text.trim() ? "" : ` in ${JSON.stringify(text)}`;
  const message = `expected ${ALLOWED}; found ${JSON.stringify(part)}${where}`;
  throw new LossmillError("BAD_CONFIGURATION", { place: "until", message });
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
  return bounds.every(({ figure, p, limit, isRelative }) => {
    const { value, se, approximate = 0 } = figureOf(report, figure, p);
    if (value === null || se === null) return false;
    const size = Math.abs(value);
    const error = Math.max(se, approximate * size);
    return error === 0 || error < (isRelative ? limit * size : limit);
  });
}

const UNKNOWN: Figure = { value: null, se: null, low: null, high: null };

function figureOf(report: Report, figure: Bound["figure"], p: number | null): Figure {
  if (figure === "mean" || figure === "sd") return report[figure];
  return report.quantiles.find((row) => row.p === p)?.[figure] ?? UNKNOWN;
}
