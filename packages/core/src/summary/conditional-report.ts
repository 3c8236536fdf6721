import { log } from "../math/log.ts";
import type { IntensityTable } from "../sampling/intensity-table.ts";
import {
  type ConditionalSweep,
  type ConditionalTrials,
  type Estimate,
  type LargestTaken,
  conditionalSweep,
} from "./conditional-trials.ts";
import { tailSize } from "./decimal.ts";
import { type ExistingMoments, INFINITE_MEAN } from "./existing-moments.ts";
import { type Figure, effectiveFigure, intervalFigure, normalFigure, unknownFigure, valueOnly } from "./figure.ts";
import { LEVELS, ONE_TRIAL, type QuantileFigures, type Report, checkLevels, report } from "./report.ts";
import { orderStatisticInterval } from "./order-statistic-interval.ts";
import { summarize } from "./summary.ts";

/** The trials of a run with sampling `conditional`, one at least, and the claims of its book. */
export interface ConditionalInput {
  readonly total: Float64Array;
  readonly maxOccurrence: Float64Array;
  readonly claims: Float64Array;
  /** How many claims of a trial pay as much as the largest, where other claims can; 0 elsewhere. */
  readonly ties: Float64Array;
  readonly table: IntensityTable;
  readonly exists: ExistingMoments;
  readonly levels?: readonly number[];
}

/**
 * The figures of `report`; VaR and TVaR with the largest claim of each trial integrated out (`conditionalSweep`), wherever that
 * leaves less error. VaR_p is the smallest loss x whose mean of P(S > x | trial) is 1 − p at most; its interval is that of
 * as many plain trials as have the error of this mean. TVaR is x + mean of E[(S − x)+ | trial] / (1 − p),
 * and as x makes it the least, an error in x does not matter (Rockafellar and Uryasev 2000, "Optimization of conditional
 * value-at-risk", theorem 1). Both have errors where the variance of the loss is infinite.
 *
 * @throws LossmillError BAD_CONFIGURATION for a level not strictly between 0 and 1
 */
export function conditionalReport(input: ConditionalInput): Report {
  const { total, maxOccurrence, claims, ties, table, exists, levels = LEVELS } = input;
  checkLevels(levels);
  const n = total.length;
  const summary = summarize({ total, maxOccurrence, claims }, n, 0);
  const plain = report({ summary, total, maxOccurrence, exists, levels });
  if (n < 2) return { ...plain, quantiles: plain.quantiles.map((one) => unknownErrors(one)) };
  const trials = { total, largest: maxOccurrence, ties: table.hasAtoms ? ties : null, table };
  const quantiles = [...plain.quantiles];
  const brackets = quantiles.map(({ var: value }) => bracketOf(value, n));
  const sweep = conditionalSweep(trials, Math.max(0, ...brackets.map(({ from }) => from)));
  const upwards = brackets.map((_, i) => i).sort((i, j) => brackets[i].from - brackets[j].from);
  for (const i of upwards) {
    const { from, to } = brackets[i];
    quantiles[i] = conditionalFigures(quantiles[i], trials, sweep, { from, to }, exists);
  }
  return { ...plain, quantiles };
}

function unknownErrors({ p, returnPeriod, var: value, tvar, oep }: QuantileFigures): QuantileFigures {
  const bare = (figure: Figure) => (figure.value === null ? figure : valueOnly(figure.value, ONE_TRIAL));
  return { p, returnPeriod, var: bare(value), tvar: bare(tvar), oep };
}

/** How far an interval of plain trials is stretched, so that it surely holds what is looked for. */
const STRETCH = 4;
/** Fewer trials are looked at one by one. */
const FEW = 4096;

function conditionalFigures(
  plain: QuantileFigures,
  trials: LargestTaken,
  sweep: ConditionalSweep,
  { from, to }: Bracket,
  exists: ExistingMoments,
): QuantileFigures {
  const { p } = plain;
  const n = trials.total.length;
  const share = tailSize(1, p);
  let at = sweep.between(from, to);
  let found = varOf(at, p, share, from, to);
  if (found === null) {
    at = conditionalSweep(trials, 0).between(0, Infinity);
    found = varOf(at, p, share, 0, Infinity)!;
  }
  const { variance } = found;
  const value = figureOfVar(p, found, plain.var, (p * share) / variance, n);
  return { ...plain, var: value, tvar: tvarFigure(p, found, plain.tvar, exists, at) };
}

interface FoundVar {
  readonly x: number;
  readonly low: number;
  /** null: so few trials have none. */
  readonly high: number | null;
  /** Of one trial. */
  readonly variance: number;
}

function figureOfVar(p: number, { x, low, high, variance }: FoundVar, plain: Figure, worth: number, n: number): Figure {
  if (worth < 1 && plain.se !== null) return effectiveFigure(plain, n);
  if (!(variance > 0)) return x === 0 ? intervalFigure(0, 0, 0) : valueOnly(x, NO_DIFFERENCE);
  if (high === null) return plain.se === null ? valueOnly(x, tooFew(p)) : effectiveFigure(plain, n);
  return effectiveFigure(intervalFigure(x, low, high), worth * n);
}

function tooFew(p: number): string {
  return `needs n ≥ ${Math.ceil(FEWEST / tailSize(1, p))} in effective trials`;
}

const NO_DIFFERENCE = "no two trials differ";

function tvarFigure(
  p: number,
  { x, high }: FoundVar,
  plain: Figure,
  exists: ExistingMoments,
  at: ConditionalTrials,
): Figure {
  if (!exists.mean) return unknownFigure(INFINITE_MEAN);
  const n = at.trials;
  const share = tailSize(1, p);
  const excess = at.excess(x);
  const value = x + excess.mean / share;
  if (!(excess.variance > 0)) return value === 0 ? normalFigure(0, 0) : valueOnly(value, NO_DIFFERENCE);
  if (high === null || excess.mean * excess.mean * n < FEWEST * excess.variance) {
    return plain.se === null ? valueOnly(value, tooFew(p)) : effectiveFigure(plain, n);
  }
  const figure = normalFigure(value, Math.sqrt(excess.variance / n) / share);
  if (!exists.variance) return figure;
  const plainVariance = at.squares(x) - excess.mean * excess.mean;
  const worth = plainVariance / excess.variance;
  return worth < 1 && plain.se !== null ? effectiveFigure(plain, n) : effectiveFigure(figure, worth * n);
}

interface Bracket {
  readonly from: number;
  readonly to: number;
}

/** An interval that should hold the VaR and its interval, by what plain trials say; all losses where they say too little. */
function bracketOf({ value, low, high }: Figure, n: number): Bracket {
  if (n <= FEW || value === null || low === null || high === null) return { from: 0, to: Infinity };
  // A little below, for losses of many trials.
  const from = (low - STRETCH * (value - low)) * (1 - 1e-9);
  return { from: Math.max(0, from), to: high > 0 ? high + STRETCH * (high - value) : Infinity };
}

/** Null where the interval does not hold what is looked for. */
function varOf(at: ConditionalTrials, p: number, share: number, from: number, to: number): FoundVar | null {
  const start = pointAt(at, from);
  if (from > 0 && start.mean <= share) return null;
  const end = start.mean <= share ? start : endOf(at, share, start, to);
  if (end.mean > share) return null;
  const found = start.mean <= share ? start : crossing(at, share, start, end);
  const { x, mean, variance } = found;
  const { above, below } = goalsOf(p, share, variance / at.trials);
  if (below === null) return { x, low: x, high: null, variance };
  if (below === share) return { x, low: x, high: x, variance };
  if (from > 0 && start.mean <= above) return null;
  const low = start.mean <= above ? 0 : crossing(at, above, start, found).x;
  // Where the loss is an atom, it is the upper end, too.
  if (mean <= below) return { x, low, high: x, variance };
  const last = end.mean <= below ? end : endOf(at, below, found, to);
  return last.mean > below ? null : { x, low, high: crossing(at, below, found, last).x, variance };
}

/**
 * The probabilities beyond the ends of an interval: as of order statistics of so many plain trials as would know the
 * probability `share` as well (Korn and Graubard 1998, as `sampledQuantiles`), read half a rank up; `below` null where so few
 * have no interval.
 */
function goalsOf(p: number, share: number, squaredError: number): { above: number; below: number | null } {
  if (!(squaredError > 0)) return { above: share, below: share };
  const n = Math.max(1, Math.round(Math.min(MOST_EFFECTIVE, (p * share) / squaredError)));
  const { lower, upper } = orderStatisticInterval(n, p);
  if (lower === null || upper === null || n * share < FEWEST) return { above: share, below: null };
  return { above: (n - lower + 0.5) / n, below: (n - upper + 0.5) / n };
}

const MOST_EFFECTIVE = 1e12;
/**
 * An error is told where as many equal trials as this would make it: the square of a mean over that of its error. With fewer
 * it is that of trials that happened to be large, while what far levels of light tails are made of was not seen: of exponential
 * claims, and 0.1 to 0.4 losses beyond the level, intervals of means that were worth 16 or 32 held the truth in a third of
 * runs.
 */
const FEWEST = 64;

/** A loss, and what is known of the probability beyond it. */
interface Point extends Estimate {
  readonly x: number;
}

function pointAt(at: ConditionalTrials, x: number): Point {
  return { x, ...at.probability(x) };
}

/** `to`, or what is so far away that its mean is `goal` at most. */
function endOf(at: ConditionalTrials, goal: number, { x }: Point, to: number): Point {
  if (to < Infinity) return pointAt(at, to);
  let end = pointAt(at, Math.max(2 * x, at.scale));
  while (end.mean > goal) end = pointAt(at, 4 * end.x);
  return end;
}

/**
 * The smallest loss whose mean is `goal` at most, between one whose mean is more and one whose is not: up to a small part of
 * the error. By the secant of the logarithm of the mean, with the Illinois rule (Dowell and Jarratt 1971, "A modified regula
 * falsi method for computing the root of an equation"), and by bisection now and then: means jump, where losses have atoms.
 */
function crossing(at: ConditionalTrials, goal: number, from: Point, to: Point): Point {
  const height = (mean: number) => log(Math.max(mean, LEAST) / goal);
  let low = from;
  let high = to;
  let atLow = height(low.mean);
  let atHigh = height(high.mean);
  for (let i = 1; ; i++) {
    const near = NEAR * Math.sqrt(Math.min(low.variance, high.variance) / at.trials);
    if (goal - high.mean <= near) break;
    const middle = low.x + (high.x - low.x) / 2;
    if (!(middle > low.x && middle < high.x)) break;
    // A little beyond the secant, for what is wanted lies just beyond the root.
    const secant = low.x + (high.x - low.x) * (atLow / (atLow - atHigh)) * BEYOND;
    const here = pointAt(at, secant > low.x && secant < high.x && i % FOURTH > 0 ? secant : middle);
    if (here.mean > goal) {
      low = here;
      atLow = height(here.mean);
      atHigh /= 2;
    } else {
      high = here;
      atHigh = height(here.mean);
      atLow /= 2;
    }
    if (low.mean - goal <= near && high.x - low.x <= NARROW * high.x && low.mean - high.mean <= 2 * near) break;
  }
  return high;
}

/** Means are found up to this part of their standard error. */
const NEAR = 5e-3;
const LEAST = 1e-300;
const BEYOND = 1 + 1e-5;
const NARROW = 1e-6;
/** So often a step is one of bisection. */
const FOURTH = 4;
