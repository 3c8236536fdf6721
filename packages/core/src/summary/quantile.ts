import { rankOf, tailSize } from "./decimal.ts";
import { type Moments, mergeMoments } from "./moments.ts";
import { NOTHING, type Ordered } from "./ordered.ts";

/** TVaR and its standard error. */
export interface TailValue {
  readonly value: number;
  readonly se: number;
}

/**
 * TVaR_p for each of `levels`: the mean of the worst (1 − p)·n losses, the boundary loss counted with its fraction
 * (Acerbi and Tasche 2002, On the coherence of expected shortfall, section 4), which is VaR + mean((x − VaR)+) / (1 − p)
 * (Rockafellar and Uryasev 2002, Conditional value-at-risk for general loss distributions, theorem 10); for p = 1 the
 * maximum. The standard error is that of its influence function: sd((x − VaR)+) / ((1 − p)·√n), sd with n − 1. It is 0
 * where no loss ranks beyond VaR.
 */
export function tailValuesAtRisk(losses: Ordered, levels: readonly number[]): TailValue[] {
  const result: TailValue[] = levels.map(() => ({ value: 0, se: 0 }));
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
  if (tail.n === 0) return { value: valueAtRiskP, se: 0 };
  const size = tailSize(n, p);
  const excess = tail.mean - valueAtRiskP;
  // (x − VaR)+ is 0 for the other n − tail.n losses: the squares about the mean of both groups together.
  const squares = tail.m2 + tail.n * ((n - tail.n) / n) * excess * excess;
  return {
    value: valueAtRiskP + (tail.n * excess) / size,
    se: (Math.sqrt(squares / (n - 1)) * Math.sqrt(n)) / size,
  };
}
