import type { ExistingMoments } from "@lossmill/core";
import { LIMITS } from "./certificate.ts";
import type { ExactDistribution, ExactFigure, ExactQuantiles, Judge } from "./judge.ts";
import { FINE, ROUGH, layerMoments } from "./statistics/layer-moments.ts";

/** What `from` + mean(min(max(x − from, 0), limit − from)) / tail of n totals must be, within its error. */
export interface TailExpectation {
  readonly name: "tvar" | "limitedTvar" | "limitedMean";
  readonly p: number | null;
  readonly from: number;
  /** Null: not cut off. */
  readonly limit: number | null;
  /** 1 − p; 1 for a mean. */
  readonly tail: number;
  readonly exact: number;
  readonly error: number;
  /** Of one trial's min(max(x − from, 0), limit − from). */
  readonly sd: number;
  readonly skewness: number;
}

/** A figure that cannot be judged, and why. */
export interface Unjudged {
  readonly name: "tvar";
  readonly p: number;
  readonly exact: ExactFigure;
  readonly reason: string;
}

/** Kurtosis over n that cut-off figures are cut off for: at n/10 a mean is known to a third of its sd at the worst. */
const LIMITED_KURTOSIS = 0.1;

/** Losses expected beyond what the judge knows, at most: the rest cannot then be what a mean is made of. */
const MOST_UNKNOWN = 0.01;

/** Where P(X > x) no longer matters: over n, and what a sum of doubles leaves of 1. */
const NEGLIGIBLE = 1e-9;
const ROUNDING = 1e-14;

/**
 * The tail figures that n trials can be judged by, made once a verification: the TVaR of each level; where its tail is too
 * heavy, the same of totals that are cut off, which has all its moments; and the cut-off mean if the mean is like that.
 */
export function tailExpectations(
  judge: Judge,
  n: number,
  exists: ExistingMoments,
  isMeanJudged: boolean,
): (TailExpectation | Unjudged)[] {
  const limits = [judge.total.upTo - judge.total.resolution, ...judge.quantiles.map((q) => q.var.value ?? Infinity)]
    .filter((limit) => limit < Infinity)
    .sort((a, b) => b - a);
  const figures = judge.quantiles.flatMap((level) => tvarExpectations(level, judge.total, n, exists, limits));
  if (isMeanJudged) return figures;
  return [...limited({ name: "limitedMean", p: null, from: 0, tail: 1 }, judge.total, n, limits), ...figures];
}

function tvarExpectations(
  { p, var: valueAtRisk, tvar }: ExactQuantiles,
  total: ExactDistribution,
  n: number,
  exists: ExistingMoments,
  limits: readonly number[],
): (TailExpectation | Unjudged)[] {
  const unjudged = (reason: string): Unjudged => ({ name: "tvar", p, exact: tvar, reason });
  const tail = 1 - p;
  const beyond = Number((n * tail).toPrecision(12));
  if (beyond < LIMITS.tailLosses) {
    return [unjudged(`${Number(beyond.toPrecision(3))} losses beyond VaR, ${LIMITS.tailLosses} are needed`)];
  }
  if (valueAtRisk.value === null) return [unjudged(valueAtRisk.reason ?? "the exact VaR is not known")];
  const from = valueAtRisk.value;
  const cutOff = (reason: string) => [
    unjudged(reason),
    ...limited({ name: "limitedTvar", p, from, tail }, total, n, limits),
  ];
  if (!exists.mean) return cutOff("the mean is infinite");
  if (!exists.variance) return cutOff("the variance is infinite");
  if (!exists.fourthMoment) return cutOff("the fourth moment is infinite");
  if (tvar.value === null) return cutOff(tvar.reason ?? "the exact value is not known");
  const to = endOf(total, from, n);
  if (n * (1 - total.cdf(to)) > MOST_UNKNOWN) return cutOff("the judge does not know the whole tail");
  const { sd, skewness, kurtosis } = layerMoments(total, from, to, ROUGH);
  if (kurtosis / n > LIMITS.kurtosis) {
    return cutOff(`kurtosis ${kurtosis.toPrecision(3)} beyond VaR is too large for ${n} trials`);
  }
  const error = (tvar.error ?? 0) + (valueAtRisk.error ?? 0) * steepest(total, valueAtRisk, tail);
  return [{ name: "tvar", p, from, limit: null, tail, exact: tvar.value, error, sd, skewness }];
}

/**
 * v + E[(X − v)+] / (1 − p) is TVaR at the true VaR and rises by at most this for each unit that v is away from it: its
 * slope is 1 − P(X > v) / (1 − p), steep only below a large atom.
 */
function steepest(total: ExactDistribution, { value, error }: ExactFigure, tail: number): number {
  const below = value! - (error ?? 0) - total.resolution;
  return Math.max(1, (1 - total.cdf(below) + total.error) / tail - 1);
}

/** The figure with totals cut off as far out as n trials can bear; none where no limit is low enough. */
function limited(
  figure: Omit<TailExpectation, "limit" | "exact" | "error" | "sd" | "skewness">,
  total: ExactDistribution,
  n: number,
  limits: readonly number[],
): TailExpectation[] {
  const { from, tail } = figure;
  for (const limit of limits) {
    if (limit <= from) break;
    if (layerMoments(total, from, limit, ROUGH).kurtosis / n > LIMITED_KURTOSIS) continue;
    const layer = layerMoments(total, from, limit, FINE);
    const { mean, error, sd, skewness } = layer;
    return [{ ...figure, limit, exact: from + mean / tail, error: error / tail, sd, skewness }];
  }
  return [];
}

/** How far a tail is worth following: to its end, or to where none of n losses is expected. */
function endOf({ cdf, resolution, error, upTo }: ExactDistribution, from: number, n: number): number {
  const nothing = Math.max(NEGLIGIBLE / n, 2 * error, ROUNDING);
  const last = upTo - resolution;
  let width = Math.max(from, resolution, Number.MIN_VALUE);
  while (from + width < last && 1 - cdf(from + width) > nothing) width *= 2;
  return Math.max(from, Math.min(from + width, last));
}
