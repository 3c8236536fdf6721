import { log, log1p } from "../../math/log.ts";
import { power } from "../../math/power.ts";
import { openProbability } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount } from "./define-count.ts";
import { scaledExponentialIntegral } from "./numerics/exponential-integral.ts";
import { pair } from "./numerics/pair.ts";
import { panjerMasses } from "./numerics/panjer-masses.ts";

/** From here on the Euler–Maclaurin series of the tail has converged when its terms are used up. */
const SERIES_FROM = 24;
/** Below this probability the tail falls fast enough to be summed as it is. */
const SUMMED_BELOW = 0.5;
/** Terms smaller than this part of their sum are left out. */
const NEGLIGIBLE = 1e-17;

/**
 * Logarithmic: P(N = k) = prob^k / (a k) for k >= 1 with a = −log(1 − prob) (R actuar's dlogarithmic; Klugman, Panjer &
 * Willmot, Loss Models, B.3.1.5). Mean prob / ((1 − prob) a), variance prob (a − prob) / ((1 − prob) a)².
 * Breaks nowhere; the mean bounds prob at 1 − 5e-11.
 */
export const logarithmic = defineCount(
  "logarithmic",
  { prob: openProbability() },
  ({ prob }) => logarithmicBase(prob),
  ({ prob }) => checkMean("prob", moments(prob).mean),
);

/** The logarithmic law, for the laws that are made of it. */
export function logarithmicBase(prob: number): CountBase {
  const a = -log1p(-prob);
  const survival = (k: number) => (k === 0 ? 1 : tailSum(prob, k + 1) / a);
  return {
    ...moments(prob),
    largest: Infinity,
    isTabulated: false,
    probability: (k) => (k === 0 ? 0 : power(prob, k) / (k * a)),
    cdf: (k) => (k < SERIES_FROM ? partialSum(prob, 1, k) / a : 1 - survival(k)),
    survival,
    masses: (rest) => panjerMasses({ first: 1, odds: pair(prob), alpha: 0, sigma: 1 }, rest),
  };
}

function moments(prob: number): { readonly mean: number; readonly variance: number } {
  const a = -log1p(-prob);
  const scale = (1 - prob) * a;
  // a − prob, the logarithm without its first term, would cancel where prob is small.
  const excess = prob < SUMMED_BELOW ? descendingSum(prob, 2) : a - prob;
  return { mean: prob / scale, variance: (prob * excess) / (scale * scale) };
}

/** prob^from / from + … + prob^to / to. */
function partialSum(prob: number, from: number, to: number): number {
  let sum = 0;
  for (let k = to; k >= from; k--) sum += power(prob, k) / k;
  return sum;
}

/** prob^from / from + prob^(from + 1) / (from + 1) + … */
function tailSum(prob: number, from: number): number {
  if (prob < SUMMED_BELOW) return descendingSum(prob, from);
  if (from >= SERIES_FROM) return eulerMaclaurin(prob, from);
  return partialSum(prob, from, SERIES_FROM - 1) + eulerMaclaurin(prob, SERIES_FROM);
}

function descendingSum(prob: number, from: number): number {
  let factor = 1;
  let sum = 1 / from;
  for (let k = from + 1; factor > NEGLIGIBLE; k++) {
    factor *= prob;
    sum += factor / k;
  }
  return sum * power(prob, from);
}

/** B(2m) / (2m) for m = 1 … 8, with the Bernoulli numbers B. */
const BERNOULLI = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160];

/**
 * The same sum by the Euler–Maclaurin formula (DLMF 2.10.1) for f(x) = e^(−θ x) / x with θ = −log prob: its integral is
 * E1(θ from), its derivatives of odd order n are −f(x) n! / x^n · (1 + θx + … + (θx)^n / n!).
 */
function eulerMaclaurin(prob: number, from: number): number {
  const first = power(prob, from);
  if (first === 0) return 0;
  const y = -log(prob) * from;
  let sum = from * scaledExponentialIntegral(y) + 0.5;
  let term = 1;
  let terms = 1;
  let scale = 1 / from;
  for (let i = 0; i < BERNOULLI.length; i++) {
    term *= y / (2 * i + 1);
    terms += term;
    sum += BERNOULLI[i] * scale * terms;
    term *= y / (2 * i + 2);
    terms += term;
    scale /= from * from;
  }
  return (sum * first) / from;
}
