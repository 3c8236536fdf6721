import { expPair } from "./exp.ts";
import { poissonDeviance, poissonPeak } from "./poisson-density.ts";
import { productError, sumError } from "./rounding-error.ts";
import type { Pair } from "./rounding-error.ts";

/**
 * Γ(x + y + 1) / (Γ(x + 1) Γ(y + 1)) · p^x q^y for real x, y >= 0 and q = 1 − p: the probability of x successes and y
 * failures, by Loader 2000 (Fast and accurate computation of binomial probabilities). It takes y and q beside x and p so
 * that nothing is lost where x is near x + y or p near 1. The smaller of p and q is taken as exact, the larger as the
 * rounded complement of it. A negative binomial probability of k is size / (size + k) times it at (size, k), a beta
 * density of shapes a and b at p is a b / ((a + b) p q) times it at (a, b).
 */
export function binomialDensity(x: number, y: number, p: number, q: number): number {
  const { high, low } = binomialDeviance(x, y, p, q);
  return binomialPeak(x, y) * expPair(-high, -low);
}

/** The binomial density at p = x / (x + y). */
export function binomialPeak(x: number, y: number): number {
  return (poissonPeak(x) * poissonPeak(y)) / poissonPeak(x + y);
}

/** −log of the binomial density over its peak: x log(x / (n p)) + y log(y / (n q)) for n = x + y, in two doubles. */
export function binomialDeviance(x: number, y: number, p: number, q: number): Pair {
  const n = x + y;
  const nLow = sumError(x, y, n);
  const gap = complementGap(p, q);
  const first = deviance(x, n, nLow, p, p > q ? gap : 0);
  const second = deviance(y, n, nLow, q, p > q ? 0 : gap);
  const sum = first.high + second.high;
  // Not rounded apart again, which would make NaN of an infinite sum.
  return { high: sum, low: sumError(first.high, second.high, sum) + (first.low + second.low) };
}

/** 1 − p − q: what the larger of p and q lacks, being a rounded complement. */
export function complementGap(p: number, q: number): number {
  const complement = 1 - p;
  return complement - q + sumError(1, -p, complement);
}

/** The deviance of x from the product of n + nLow and p + pLow. */
function deviance(x: number, n: number, nLow: number, p: number, pLow: number): Pair {
  const mean = n * p;
  return poissonDeviance(x, mean, productError(n, p, mean) + (nLow * p + n * pLow));
}
