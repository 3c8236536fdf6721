import { type Amount, scaled } from "./amount.ts";
import type { Book, Component, Counted } from "./book.ts";
import type { Weighted } from "./cell-averages.ts";
import { addMoments, type Moments, NO_MOMENTS } from "./moments.ts";
import { binomial } from "./pgf/binomial.ts";
import { memo, type Risk } from "./risk.ts";
import { isPlain, type YearPayment } from "./year-payments.ts";

/** A book to be transformed, its moments, and what its parts add to its errors. */
export interface Assembled {
  readonly book: Book;
  readonly moments: Moments;
  readonly parts: PartErrors;
}

/** What the tables of policies with aggregate terms may be wrong by, added up over all copies. */
export interface PartErrors {
  readonly copies: number;
  /** Of a distribution function, at its worst. */
  readonly largest: number;
  /** Of a distribution function, integrated; in the portfolio's currency. */
  readonly integral: number;
}

/**
 * Puts risks together that share a transform: all Poisson sums in one pool, all others by equal payments. `yearOf` gives
 * the year's payment of a risk with aggregate terms, and undefined where its claims are simply added up.
 */
export function assemble(risks: readonly Risk[], yearOf: (risk: Risk) => YearPayment | undefined): Assembled {
  const amounts = memo<Amount>();
  const pool = new Map<string, Weighted>();
  const components = new Map<string, Component & { counts: Counted[] }>();
  let moments = NO_MOMENTS;
  let parts: PartErrors = { copies: 0, largest: 0, integral: 0 };

  const addCounted = (key: string, amount: Amount, counted: Counted): void => {
    const component = components.get(key);
    if (component === undefined) components.set(key, { amount, counts: [counted] });
    else component.counts.push(counted);
  };

  for (const risk of risks) {
    const { policy, terms, paymentKey } = risk;
    const { copies, frequency } = policy;
    const year = yearOf(risk);
    moments = addMoments(moments, scaledMoments(year?.moments ?? risk.sum, terms.share), copies);
    if (year !== undefined) {
      const key = JSON.stringify([paymentKey, frequency, policy.terms]);
      addCounted(
        key,
        amounts(key, () => scaled(year.amount, terms.share)),
        { pgf: ONE, copies, mean: 1 },
      );
      parts = {
        copies: parts.copies + copies,
        largest: parts.largest + copies * year.table.error,
        integral: parts.integral + copies * terms.share * year.table.integralOfErrors,
      };
      continue;
    }
    const key = `${terms.share} ${paymentKey}`;
    const amount = amounts(key, () => scaled(risk.payment, terms.share));
    if (frequency.law === "poisson" && isPlain(risk)) {
      const weight = (pool.get(key)?.weight ?? 0) + copies * frequency.lambda;
      pool.set(key, { amount, weight });
    } else addCounted(key, amount, { pgf: risk.pgf, copies, mean: risk.count.mean });
  }
  return { book: { pool: [...pool.values()], components: [...components.values()] }, moments, parts };
}

/** One amount, always. */
const ONE = binomial(1, 1);

function scaledMoments(moments: Moments, share: number): Moments {
  const square = share * share;
  const times = (cumulant: number | null, factor: number) => (cumulant === null ? null : cumulant * factor);
  return {
    mean: share * moments.mean,
    variance: square * moments.variance,
    third: times(moments.third, square * share),
    fourth: times(moments.fourth, square * square),
    meanError: share * moments.meanError,
    varianceError: square * moments.varianceError,
  };
}
