import { checkLevels, LEVELS, LossmillError, type Portfolio, returnPeriodOf, tailSize } from "@lossmill/core";
import { exp, largestOf, sumOf } from "@lossmill/core/math";
import { assemble, type Assembled, type PartErrors } from "./assemble.ts";
import type { Book } from "./book.ts";
import type { DistributionTable } from "./distribution-table.ts";
import { largestClaim } from "./largest-claim.ts";
import type { Moments } from "./moments.ts";
import { memo, type Risk, risksOf } from "./risk.ts";
import { stretchOf } from "./stretch.ts";
import { hasAggregateTerms, paysNothing } from "./terms.ts";
import { cdfOf, errorOf, tableFor, tablesOf } from "./tables.ts";
import { TILT } from "./total.ts";
import { type YearPayment, yearPaymentOf } from "./year-payments.ts";

/** A figure with what is known of its error; both null, with the reason, where there is no such figure. */
export interface ExactFigure {
  readonly value: number | null;
  /** An estimate of |value − truth| from the second lattice; 0 for closed forms and for lattices that hold all mass. */
  readonly error: number | null;
  readonly reason?: string;
}

/** The figures of one level, in the portfolio's currency. */
export interface ExactQuantile {
  readonly p: number;
  /** 1 / (1 − p) in years, p as its decimal. */
  readonly returnPeriod: number;
  readonly var: ExactFigure;
  readonly tvar: ExactFigure;
  /** The quantile of the largest claim, before aggregate terms. */
  readonly oep: ExactFigure;
}

/** A distribution function with what is known of its error. */
export interface ExactDistribution {
  /** P(X <= x), right continuous, for x <= `upTo`. */
  readonly cdf: (x: number) => number;
  /**
   * Points of mass may be misplaced by so much: P(X <= x − resolution) − error <= cdf(x) <= P(X <= x + resolution) +
   * error.
   */
  readonly resolution: number;
  readonly error: number;
  readonly upTo: number;
}

/** How the total was computed. */
export interface ExactGrid {
  readonly points: number;
  readonly step: number;
  /** What the transform's masses were damped by, end to end, as an exponent of e. */
  readonly tilt: number;
  /** What may have wrapped around into the distribution function. */
  readonly aliasing: number;
  /** Whether all mass is on the lattice, so that only rounding is left. */
  readonly isLattice: boolean;
}

/** The exact distribution of a book's year. */
export interface ExactAnswer {
  /** Claims with a payment (y > 0) that are expected in a year. */
  readonly claims: number;
  readonly mean: ExactFigure;
  readonly sd: ExactFigure;
  /** The fourth central moment over sd⁴ of the annual total where it is finite and known well enough, else null. */
  readonly kurtosis: number | null;
  readonly quantiles: readonly ExactQuantile[];
  readonly total: ExactDistribution;
  readonly maxOccurrence: ExactDistribution;
  readonly grid: ExactGrid;
}

export interface ExactOptions {
  /** Probability levels; core's LEVELS if missing. */
  readonly at?: readonly number[];
}

/** Rounding of a distribution function by transforms of this length. */
const ROUNDING = 1e-12;
const INFINITE_VARIANCE = "the variance is infinite";

/**
 * The distribution of a portfolio's annual total, without random numbers: each law is put on a lattice, transformed, and
 * the total's transform is put together from the generating functions of the counts (Klugman, Panjer & Willmot, Loss
 * Models, 9.6). VaR_p is the smallest x with P(total <= x) >= p, TVaR_p = VaR_p + E[(total − VaR_p)+] / (1 − p); the
 * largest claim's quantiles are closed forms. p is taken as its decimal.
 *
 * @throws LossmillError NOT_SUPPORTED where a policy's mean is infinite, BAD_CONFIGURATION for a level that is not
 *   strictly between 0 and 1
 */
export function exactAnswer(portfolio: Portfolio, options: ExactOptions = {}): ExactAnswer {
  const levels = options.at ?? LEVELS;
  checkLevels(levels);
  const { risks, claims } = risksOf(portfolio);
  const highest = largestOf(levels, (p) => p, 0.5);
  // The largest claim is looked at before aggregate terms: a yearly limit of 0 takes nothing from it.
  const assembled = assembleAll(
    risks.filter(({ terms }) => !paysNothing(terms)),
    highest,
  );
  const { moments } = assembled;
  checkRange(moments);
  const tables = tablesOf(assembled, levels, cellsOf(assembled.book));
  const [table] = tables;
  const largest = largestClaim(risks);
  const oeps = largest.quantiles(levels);
  const aliasing = exp(-TILT) * (1 - table.cdf(table.upTo));
  const error = errorOf(tables) + partsError(assembled.parts, table.highestDensity) + aliasing + ROUNDING;
  return {
    claims,
    mean: { value: moments.mean, error: moments.meanError },
    sd: sdFigure(moments),
    kurtosis: kurtosisOf(moments),
    quantiles: levels.map((p, i) => ({
      p,
      returnPeriod: returnPeriodOf(p),
      ...totalFigures(tableFor(tables, p), assembled, p),
      oep: oeps[i],
    })),
    total: {
      cdf: (x) => cdfOf(tables, x),
      resolution: table.resolution,
      error: Math.min(1, error),
      upTo: table.upTo,
    },
    maxOccurrence: { cdf: largest.cdf, resolution: 0, error: ROUNDING, upTo: Infinity },
    grid: { points: table.points, step: table.step, tilt: TILT, aliasing, isLattice: table.isLattice },
  };
}

/** Squares of larger amounts are near the end of the doubles. */
const LARGEST_MEAN = 1e150;

function checkRange({ mean }: Moments): void {
  if (mean <= LARGEST_MEAN) return;
  const message = `the mean of the year's total is above ${LARGEST_MEAN}, beyond the range in which doubles can tell its variance`;
  throw new LossmillError("NOT_SUPPORTED", { place: "policies", message });
}

/**
 * All risks of a portfolio as one book. What a policy with an aggregate deductible but no limit pays must be known as
 * far as the total is asked for: without the deductible, the total is larger.
 */
function assembleAll(risks: readonly Risk[], highest: number): Assembled {
  const withTerms = risks.filter(({ terms }) => hasAggregateTerms(terms));
  const years = memo<YearPayment>();
  const cells = cellsFor(withTerms.length);
  const yearOf = (risk: Risk, most: number) =>
    years(
      JSON.stringify([
        risk.paymentKey,
        risk.policy.frequency,
        risk.policy.terms?.aggregate,
        isEndless(risk) ? risk.terms.share : 1,
      ]),
      () => yearPaymentOf(risk, most, cells),
    );
  const isEndless = ({ terms }: Risk) => terms.aggregateLimit === Infinity;
  let most = 0;
  if (withTerms.some(isEndless)) {
    const larger = assemble(risks, (risk) =>
      hasAggregateTerms(risk.terms) && !isEndless(risk) ? yearOf(risk, 0) : undefined,
    );
    most = stretchOf(larger.book, larger.moments, highest).to;
  }
  return assemble(risks, (risk) => (hasAggregateTerms(risk.terms) ? yearOf(risk, most / risk.terms.share) : undefined));
}

/** How many cells each policy with aggregate terms gets for its own sum of claims. */
function cellsFor(policies: number): number {
  return Math.min(MOST_OWN_CELLS, Math.max(FEWEST_OWN_CELLS, Math.floor(ALL_OWN_CELLS / Math.max(policies, 1))));
}

const MOST_OWN_CELLS = 131_072;
const FEWEST_OWN_CELLS = 8192;
const ALL_OWN_CELLS = 1_048_576;

/** A book of one pool gets these. */
const MOST_CELLS = 262_144;
/** What transforms of the whole book may cost, in units of a logarithm. */
const BUDGET = 8_000_000;

function cellsOf({ pool, components }: Book): number {
  const costs = components.flatMap(({ counts }) => counts.map(({ pgf }) => pgf.cost));
  const cost = sumOf(costs) + 0.5 * (components.length + (pool.length > 0 ? 1 : 0)) + 1;
  let cells = MOST_CELLS;
  while (cells > FEWEST_BOOK_CELLS && cells * cost > BUDGET) cells /= 2;
  return cells;
}

const FEWEST_BOOK_CELLS = 16_384;

/**
 * What the parts' errors come to in the total's distribution function. Where there are many, each is smeared out by the
 * sum of all others, whose density is about the total's.
 */
function partsError({ copies, largest, integral }: PartErrors, density: number): number {
  return copies < MANY_PARTS ? largest : Math.min(largest, 2 * density * integral);
}

const MANY_PARTS = 4;

function totalFigures(table: DistributionTable, { moments, parts }: Assembled, p: number) {
  const value = table.quantile(p);
  const tail = tailSize(1, p);
  const excess = Math.max(0, moments.mean - table.limited(value));
  const fromParts = partsError(parts, table.highestDensity);
  const isExact = table.isLattice && fromParts === 0;
  /** How far the quantile moves when the distribution function does by so much. */
  const moved = (delta: number) => {
    const above = Math.min(table.quantile(p + delta), table.upTo);
    return Math.max(above - value, value - table.quantile(p - delta));
  };
  // Either the distribution function at the value is off, or mass lies elsewhere within the resolution.
  const rest = fromParts + ROUNDING;
  const inPlace = moved(table.cdfError(value) + rest) + table.blurred * table.resolution;
  // An atom lies where it lies, whatever the lattice makes of what is beside it.
  const unresolved = table.atoms.some(({ at }) => at === value) ? 0 : table.unresolved(value);
  const misplaced =
    table.blurred > 0 || unresolved > 0
      ? table.resolution + moved((table.blurred > 0 ? table.error : unresolved) + rest)
      : Infinity;
  // Of few parts nothing smears the errors; their integral is what mass has moved by.
  const ofParts = parts.copies < MANY_PARTS ? parts.integral : 0;
  const varError = isExact
    ? 0
    : (unresolved > 0 ? misplaced : Math.min(inPlace, misplaced)) + ofParts + value * RELATIVE_ROUNDING;
  const limitedError = table.limitedError(value) + ROUNDING * moments.mean;
  return {
    var: { value, error: varError },
    tvar: { value: value + excess / tail, error: (limitedError + moments.meanError) / tail },
  };
}

const RELATIVE_ROUNDING = 1e-14;

function sdFigure({ variance, varianceError }: Moments): ExactFigure {
  if (variance === Infinity) return { value: null, error: null, reason: INFINITE_VARIANCE };
  const value = Math.sqrt(variance);
  return { value, error: varianceError === 0 ? 0 : varianceError / (2 * Math.max(value, Math.sqrt(varianceError))) };
}

function kurtosisOf({ variance, fourth }: Moments): number | null {
  return fourth === null || !(variance > 0) || variance === Infinity ? null : 3 + fourth / (variance * variance);
}
