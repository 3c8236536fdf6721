import { exp, largestOf, log } from "@lossmill/core/math";
import { type Amount, justBelow, scaled } from "./amount.ts";
import { complex } from "./complex.ts";
import { TIE } from "./distribution-table.ts";
import { isPlain } from "./year-payments.ts";
import { memo, type Risk } from "./risk.ts";

/** A quantile of the largest claim is found to this part of itself. */
const PRECISION = 1e-13;

/** The law of the largest claim of a year, each claim's payment times the share, before aggregate terms; 0 without one. */
export interface LargestClaim {
  /** P(largest <= x). */
  readonly cdf: (x: number) => number;
  /** The lower quantiles at `levels`, in their order, each with a bound of its error. */
  readonly quantiles: (levels: readonly number[]) => Found[];
}

interface Found {
  readonly value: number;
  readonly error: number;
}

/**
 * Claims of different policies are independent: P(largest <= x) is the product of E[z^N] at z = P(payment <= x) over all
 * policies, which is the exponential of a sum of logarithms.
 */
export function largestClaim(risks: readonly Risk[]): LargestClaim {
  const groups = groupsOf(risks);
  const out = complex();
  const minusLog = (x: number): number => {
    let sum = 0;
    for (const { amount, rate, counts } of groups) {
      const survival = amount.survival(x);
      if (survival === 0) continue;
      sum += rate * survival;
      for (const { pgf, copies } of counts) {
        pgf.log(survival, 0, out);
        sum -= copies * out[0];
      }
    }
    return sum;
  };
  const cdf = (x: number): number => (x < 0 ? 0 : exp(-minusLog(x)));
  const atoms = [...new Set(groups.flatMap(({ amount }) => amount.atoms.map(({ at }) => at)))].sort((a, b) => a - b);
  const top = largestOf(groups, ({ amount }) => amount.upper);

  const quantile = (p: number, start: number): Found => {
    const reaches = (x: number) => cdf(x) >= p - TIE;
    if (reaches(start)) return { value: start, error: ROUNDING * start };
    let low = start;
    let high = start > 0 ? start * 2 : firstGuess(groups);
    while (high < top && !reaches(high)) {
      low = high;
      high *= 4;
    }
    high = Math.min(high, top);
    // Atoms first: between two of them the distribution function is continuous.
    let from = atoms.findIndex((at) => at > low);
    let to = atoms.findLastIndex((at) => at <= high);
    if (from >= 0 && from <= to) {
      while (from <= to) {
        const middle = (from + to) >>> 1;
        if (reaches(atoms[middle])) to = middle - 1;
        else from = middle + 1;
      }
      low = Math.max(low, atoms[from - 1] ?? 0);
      const atom = atoms[from];
      if (atom !== undefined && atom <= high && reaches(atom)) {
        if (!(cdf(justBelow(atom)) >= p)) return { value: atom, error: ROUNDING * atom };
        high = atom;
      }
    }
    return solve(minusLog, p, low, high);
  };

  return {
    cdf,
    quantiles: (levels) => {
      const ascending = levels.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
      const result = levels.map((): Found => ({ value: 0, error: 0 }));
      let last = result[0];
      for (const { p, i } of ascending) {
        if (top > 0) last = quantile(p, last.value);
        result[i] = last;
      }
      return result;
    },
  };
}

interface Group {
  readonly amount: Amount;
  /** Expected Poisson claims. */
  rate: number;
  readonly counts: { pgf: Risk["pgf"]; copies: number }[];
}

function groupsOf(risks: readonly Risk[]): Group[] {
  const group = memo<Group>();
  const all = new Set<Group>();
  for (const risk of risks) {
    const { policy, terms, payment, pgf, paymentKey } = risk;
    const own = group(`${terms.share} ${paymentKey}`, () => ({
      amount: scaled(payment, terms.share),
      rate: 0,
      counts: [],
    }));
    all.add(own);
    if (policy.frequency.law === "poisson" && isPlain(risk)) own.rate += policy.copies * policy.frequency.lambda;
    else own.counts.push({ pgf, copies: policy.copies });
  }
  return [...all];
}

/** An amount of the size of claims. */
function firstGuess(groups: readonly Group[]): number {
  const amount = groups[0].amount;
  const bounded = amount.limited(amount.upper);
  return bounded > 0 && bounded < Infinity ? bounded : 1;
}

/**
 * The x in (from, to] at which −log P(largest <= x) falls to −log p: by the secant of its logarithm over log x, since
 * tails are nearly straight there, and by bisection each time that the secant did not halve the interval.
 */
function solve(minusLog: (x: number) => number, p: number, from: number, to: number): Found {
  const goal = -log(p);
  const height = (x: number) => log(minusLog(x) / goal);
  let low = from;
  let high = to;
  let atLow = height(low);
  let atHigh = height(high);
  // From 0 there is no halving: amounts of a heavy tail lie hundreds of powers of ten apart.
  while (low === 0 && high > SMALLEST) {
    const x = high * DESCENT;
    const at = height(x);
    if (at <= 0) [high, atHigh] = [x, at];
    else [low, atLow] = [x, at];
  }
  for (let i = 0; i < MOST_STEPS && high - low > PRECISION * high; i++) {
    const width = high - low;
    const ratio = high / low;
    for (const share of [atLow / (atLow - atHigh), 0.5]) {
      // A secant that lands just inside an end is moved a little further, so that both ends close in.
      const inside = Math.min(Math.max(share, LEAST_SHARE), 1 - LEAST_SHARE);
      const isSecant = share !== 0.5 && low > 0 && inside > 0;
      const x = isSecant
        ? low * exp(inside * log(high / low))
        : low > 0 && high > 4 * low
          ? Math.sqrt(low) * Math.sqrt(high)
          : low + (high - low) / 2;
      const at = height(x);
      if (at <= 0) {
        high = x;
        atHigh = at;
      } else {
        low = x;
        atLow = at;
      }
      if (high - low < width / 2 || high / low < Math.sqrt(ratio)) break;
    }
  }
  return { value: high, error: high - low + ROUNDING * high };
}

/** What a law's survival function, and so a place on it, may be wrong by. */
const ROUNDING = 1e-12;
const SMALLEST = 1e-290;
const DESCENT = 1e-6;
const MOST_STEPS = 200;
const LEAST_SHARE = 1e-3;
