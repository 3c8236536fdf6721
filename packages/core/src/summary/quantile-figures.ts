import { rankOf, returnPeriodOf } from "./decimal.ts";
import { type ExistingMoments, INFINITE_MEAN, INFINITE_VARIANCE } from "./existing-moments.ts";
import {
  type Figure,
  NOT_AN_OUTPUT,
  approximateFigure,
  intervalFigure,
  skewedFigure,
  unknownFigure,
  valueOnly,
} from "./figure.ts";
import { lossesNeeded, orderStatisticInterval } from "./order-statistic-interval.ts";
import type { Ordered } from "./ordered.ts";
import { type TailValue, tailValuesAtRisk } from "./quantile.ts";

/** The figures of one level. Amounts in the portfolio's currency. */
export interface QuantileFigures {
  readonly p: number;
  /** 1 / (1 − p) in years, p as its decimal. */
  readonly returnPeriod: number;
  /** VaR and TVaR of `total` (AEP). */
  readonly var: Figure;
  readonly tvar: Figure;
  /** VaR of `maxOccurrence`. */
  readonly oep: Figure;
}

/** Puts losses in order, at least those of the ranks; the order is done with before another one is asked for. */
export type Order = (ranks: readonly number[]) => Ordered;

/** The figures of each level, of n losses; without those of largest claims where there are none. */
export function quantileFigures(
  n: number,
  orders: { readonly total: Order; readonly maxOccurrence: Order | null },
  exists: ExistingMoments,
  levels: readonly number[],
): QuantileFigures[] {
  if (levels.length === 0) return [];
  const places = levels.map((p) => placeOf(n, p));
  const ranks = places.flatMap(({ rank, interval }) => [rank, ...(interval ?? [])]);

  const total = orders.total(ranks);
  const vars = places.map((place) => quantileFigure(total, place));
  const tails = tailValuesAtRisk(total, levels);
  const tvars = tails.map((tail, i) => {
    return approximateFigure(tvarFigure(tail, places[i], exists), total.errorFrom(places[i].rank));
  });
  const maxOccurrence = orders.maxOccurrence?.(ranks);
  const oeps = places.map((place) =>
    maxOccurrence === undefined ? unknownFigure(NOT_AN_OUTPUT) : quantileFigure(maxOccurrence, place),
  );

  return levels.map((p, i) => ({ p, returnPeriod: returnPeriodOf(p), var: vars[i], tvar: tvars[i], oep: oeps[i] }));
}

/** VaR of one level, of n losses. */
export function varFigure(n: number, order: Order, p: number): Figure {
  const place = placeOf(n, p);
  return quantileFigure(order([place.rank, ...(place.interval ?? [])]), place);
}

/** Where a level falls among n losses. */
interface Place {
  readonly rank: number;
  /** Ranks of the lower and the upper end. */
  readonly interval: readonly [number, number] | null;
  /** Why there is no interval. */
  readonly reason: string;
}

function placeOf(n: number, p: number): Place {
  const { lower, upper } = orderStatisticInterval(n, p);
  const interval = lower === null || upper === null ? null : ([lower, upper] as const);
  return { rank: rankOf(n, p), interval, reason: `needs n ≥ ${lossesNeeded(p)}` };
}

function quantileFigure(losses: Ordered, { rank, interval, reason }: Place): Figure {
  const value = losses.at(rank);
  if (interval === null) return approximateFigure(valueOnly(value, reason), losses.error(rank));
  const [lower, upper] = interval;
  const error = Math.max(losses.error(lower), losses.error(rank), losses.error(upper));
  return approximateFigure(intervalFigure(value, losses.least(lower), losses.most(upper)), error);
}

/**
 * The error of a TVaR is only told where that of its VaR can be, from about four losses beyond it on: made of one or
 * two (exponential losses, n = 1,000) ± 1.96 errors held the truth in 62 and 73 % of runs, and made of none they are empty.
 */
function tvarFigure({ value, se, skewness }: TailValue, { interval, reason }: Place, exists: ExistingMoments): Figure {
  if (!exists.mean) return unknownFigure(INFINITE_MEAN);
  if (!exists.variance) return valueOnly(value, INFINITE_VARIANCE);
  return interval === null ? valueOnly(value, reason) : skewedFigure(value, se, skewness);
}
