import { rankOf, tailSize } from "./decimal.ts";
import { type Moments, mergeMoments } from "./moments.ts";
import { NOTHING, type Ordered, equalValues } from "./ordered.ts";

/** TVaR, its standard error and its skewness. */
export interface TailValue {
  readonly value: number;
  readonly se: number;
  readonly skewness: number;
}

/**
 * TVaR_p for each of `levels`: the mean of the worst (1 − p)·n losses, the boundary loss counted with its fraction
 * (Acerbi and Tasche 2002, On the coherence of expected shortfall, section 4), which is VaR + mean((x − VaR)+) / (1 − p)
 * (Rockafellar and Uryasev 2002, Conditional value-at-risk for general loss distributions, theorem 10); for p = 1 the
 * maximum. The standard error is that of its influence function: sd((x − VaR)+) / ((1 − p)·√n), sd with n − 1; so is the
 * skewness, that of (x − VaR)+ over √n. Both are 0 where no loss ranks beyond VaR.
 */
export function tailValuesAtRisk(losses: Ordered, levels: readonly number[]): TailValue[] {
  const result: TailValue[] = levels.map(() => ({ value: 0, se: 0, skewness: 0 }));
  // From the farthest tail inwards every loss is added once, however many levels there are.
  const inwards = levels.map((_, i) => i).sort((i, j) => levels[j] - levels[i]);
  let tail = NOTHING;
  let end = losses.n;
  for (const i of inwards) {
    const rank = rankOf(losses.n, levels[i]);
    tail = mergeMoments(losses.momentsBetween(rank, end), tail);
    end = rank;
    result[i] = tailValue(losses.at(rank), tail, losses.n, levels[i]);
  }
  return result;
}

/** TVaR from VaR and the moments of the losses that rank beyond it. */
function tailValue(valueAtRiskP: number, tail: Moments, n: number, p: number): TailValue {
  if (tail.n === 0) return { value: valueAtRiskP, se: 0, skewness: 0 };
  const size = tailSize(n, p);
  const excess = tail.mean - valueAtRiskP;
  // (x − VaR)+ is 0 for the other n − tail.n losses.
  const all = mergeMoments(equalValues(n - tail.n, 0), { ...tail, mean: excess });
  const spread = Math.sqrt(all.m2 / (n - 1));
  return {
    value: valueAtRiskP + (tail.n * excess) / size,
    se: (spread * Math.sqrt(n)) / size,
    skewness: all.m2 === 0 ? 0 : all.m3 / n / (spread * spread * spread) / Math.sqrt(n),
  };
}
