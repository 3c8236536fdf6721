import { z } from "zod";
import { type Complaint, probability } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { certain } from "./numerics/certain.ts";
import { type Masses, massAt, totalMass } from "./numerics/masses.ts";
import { exactSum, over, pair, plus, times } from "./numerics/pair.ts";

/**
 * What any count law may carry, one at most: another probability of 0 (Klugman, Panjer & Willmot, Loss Models, 6.6).
 */
export const zeroModifiers = {
  zeroInflated: probability().optional(),
  zeroTruncated: z.literal(true).optional(),
  zeroModified: probability().optional(),
};

export interface ZeroSpec {
  readonly zeroInflated?: number | undefined;
  readonly zeroTruncated?: true | undefined;
  readonly zeroModified?: number | undefined;
}

/** Complaints about the modifiers of a law whose own part `base` makes. */
export function checkZero(spec: ZeroSpec, base: () => CountBase): Complaint[] {
  const given = (["zeroInflated", "zeroTruncated", "zeroModified"] as const).filter((name) => spec[name] !== undefined);
  const [first, second] = given;
  if (first === undefined) return [];
  if (second !== undefined) return [[second, `cannot be combined with ${first}: a law carries one of them`]];
  if (first === "zeroInflated" || base().largest > 0) return [];
  return [[first, "needs a law that can be above 0, and this one never is"]];
}

/** `base` with the modifier that `spec` carries, if any. */
export function modifyZero(spec: ZeroSpec, base: CountBase): CountBase {
  if (spec.zeroInflated !== undefined) return inflated(base, spec.zeroInflated);
  if (spec.zeroTruncated !== undefined) return modified(base, 0);
  if (spec.zeroModified !== undefined) return modified(base, spec.zeroModified);
  return base;
}

/** 0 with probability `extra`, else `base`. */
function inflated(base: CountBase, extra: number): CountBase {
  if (extra === 1) return certain(0);
  const share = 1 - extra;
  return {
    mean: share * base.mean,
    variance: share * base.variance + extra * share * base.mean * base.mean,
    largest: base.largest,
    isTabulated: base.isTabulated,
    probability: (k) => (k === 0 ? extra : 0) + share * base.probability(k),
    cdf: (k) => extra + share * base.cdf(k),
    survival: (k) => share * base.survival(k),
    masses: (rest) => {
      const masses = base.masses(rest);
      const added = times(oddsOf(extra), totalMass(masses));
      return withZero(masses, plus(massAt(masses, 0), added));
    },
  };
}

/** 0 with probability `zero`, else `base` given that it is above 0. */
function modified(base: CountBase, zero: number): CountBase {
  if (zero === 1) return certain(0);
  const share = 1 - zero;
  const positive = base.survival(0);
  const mean = base.mean / positive;
  const cdf = positiveCdf(base, positive);
  return {
    mean: share * mean,
    variance: share * positiveVariance(base, positive) + zero * share * mean * mean,
    largest: base.largest,
    isTabulated: base.isTabulated,
    probability: (k) => (k === 0 ? zero : share * (base.probability(k) / positive)),
    cdf: (k) => (k === 0 ? zero : zero + share * cdf(k)),
    survival: (k) => share * (base.survival(k) / positive),
    masses: (rest) => {
      const masses = base.masses(rest);
      return withZero(masses, times(oddsOf(zero), totalMass(masses, 1)));
    },
  };
}

/** p / (1 − p). */
function oddsOf(p: number) {
  return over(pair(p), exactSum(1, -p));
}

function withZero({ high, low, length }: Masses, zero: { high: number; low: number }): Masses {
  const newHigh = new Float64Array(high);
  const newLow = new Float64Array(low);
  newHigh[0] = zero.high;
  newLow[0] = zero.low;
  return { high: newHigh, low: newLow, length };
}

/** A difference that loses more than this is replaced by a sum, if that is not too long. */
const MOST_LOSS = 8;
const MOST_TERMS = 4096;

/** P(N <= k | N > 0) as F(k) − F(0), as S(0) − S(k) or as a sum of probabilities, whichever loses least. */
function positiveCdf(base: CountBase, positive: number): (k: number) => number {
  const zero = base.cdf(0);
  return (k) => {
    const upTo = base.cdf(k);
    const fromBelow = upTo - zero;
    const fromAbove = positive - base.survival(k);
    const lost = Math.min(upTo / fromBelow, positive / fromAbove);
    if (lost <= MOST_LOSS || k > MOST_TERMS) {
      return (upTo * fromAbove < positive * fromBelow ? fromBelow : fromAbove) / positive;
    }
    let sum = 0;
    for (let j = 1; j <= k; j++) sum += base.probability(j);
    return sum / positive;
  };
}

/** What moments may leave out. */
const MOMENT_REST = 1e-20;
/** With a mean above this, masses would be too many; what a variance loses is then at most its mean, 1e-16 times. */
const MOST_MASSES = 1_000_000;

/** Var[N | N > 0], from the moments of N or, where they nearly cancel, as a sum about the mean. */
function positiveVariance(base: CountBase, positive: number): number {
  const mean = base.mean / positive;
  const second = base.variance / positive;
  const variance = second - base.cdf(0) * mean * mean;
  if (second <= MOST_LOSS * variance || mean > MOST_MASSES) return variance;
  const masses = base.masses(MOMENT_REST);
  const centre = Math.round(mean);
  let total = 0;
  let first = 0;
  let square = 0;
  for (let k = masses.length - 1; k >= 1; k--) {
    const mass = masses.high[k];
    total += mass;
    first += mass * (k - centre);
    square += mass * (k - centre) * (k - centre);
  }
  return square / total - (first / total) * (first / total);
}
