import { gammaP } from "../../math/incomplete-gamma.ts";
import { poissonDensity } from "../../math/poisson-density.ts";
import { nonNegative, positive } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount, successProbability } from "./define-count.ts";
import { negativeBinomialBase } from "./negative-binomial.ts";
import { linearMasses } from "./numerics/linear-masses.ts";
import { exactSum, over, pair, plus, times } from "./numerics/pair.ts";
import { poissonBase } from "./poisson.ts";

/** Terms smaller than this part of their sum are left out, 2^-110: beyond them a size below 1 may lift one term. */
const NEGLIGIBLE = 7.703719777548943e-34;

/**
 * Delaporte: Poisson(lambda) plus an independent negative binomial of `size` and `prob`: a Poisson law whose mean is a
 * shifted gamma (Delaporte 1959; Johnson, Kemp & Kotz, Univariate Discrete Distributions, 5.12.5). Mean lambda + m and
 * variance lambda + m / prob with m = size (1 − prob) / prob. Everything is a sum of positive terms over the Poisson
 * part, about 25 √lambda of them. Relative errors are below 3e-14.
 */
export const delaporte = defineCount(
  "delaporte",
  { lambda: nonNegative(), size: positive().max(1e15), prob: successProbability() },
  ({ lambda, size, prob }) => delaporteBase(lambda, size, prob),
  ({ lambda, size, prob }) => checkMean("lambda", lambda + (size * (1 - prob)) / prob),
);

function delaporteBase(lambda: number, size: number, prob: number): CountBase {
  if (prob === 1) return poissonBase(lambda);
  const negativeBinomial = negativeBinomialBase(size, prob);
  if (lambda === 0) return negativeBinomial;
  const parts: Parts = { lambda, size, failure: 1 - prob, negativeBinomial };
  const mean = lambda + negativeBinomial.mean;
  return {
    mean,
    variance: lambda + negativeBinomial.variance,
    largest: Infinity,
    isTabulated: false,
    probability: (k) => convolution(parts, k).sum,
    cdf: (k) => lowerTail(parts, k),
    survival: (k) => upperTail(parts, k),
    masses: (rest) => delaporteMasses(lambda, size, prob, rest),
  };
}

interface Parts {
  readonly lambda: number;
  readonly size: number;
  readonly failure: number;
  readonly negativeBinomial: CountBase;
}

interface Convolution {
  /** P(N = k). */
  readonly sum: number;
  /** The first and last number of Poisson claims that matter to it. */
  readonly from: number;
  readonly to: number;
}

/** The sum of P(Poisson = i) P(negative binomial = k − i) over i, by ratios outwards from its largest term. */
function convolution(parts: Parts, k: number): Convolution {
  const { lambda, negativeBinomial } = parts;
  const middle = likeliest(parts, k);
  const largest = poissonDensity(middle, lambda) * negativeBinomial.probability(k - middle);
  let sum = largest;
  let to = middle;
  for (let term = largest; to < k && term > NEGLIGIBLE * sum; to++) {
    term *= (lambda / (to + 1)) * backward(parts, k - to);
    sum += term;
  }
  let from = middle;
  for (let term = largest; from > 0 && term > NEGLIGIBLE * sum; from--) {
    term *= from / lambda / backward(parts, k - from + 1);
    sum += term;
  }
  return { sum, from, to };
}

/** P(negative binomial = j − 1) / P(negative binomial = j). */
function backward({ size, failure }: Parts, j: number): number {
  return j / ((j - 1 + size) * failure);
}

/** The i at which the terms of the convolution stop growing: their ratio is 1 at a root of a quadratic in j = k − i. */
function likeliest({ lambda, size, failure }: Parts, k: number): number {
  const half = (lambda - failure * (k + 2 - size)) / (2 * failure);
  const product = (k + 1) * (size - 1);
  const discriminant = half * half + product;
  if (discriminant < 0) return k;
  const root = half > 0 ? product / (half + Math.sqrt(discriminant)) : Math.sqrt(discriminant) - half;
  return k - Math.max(0, Math.min(k, Math.floor(root)));
}

/** P(N <= k), from the most Poisson claims that matter down, so that P(negative binomial <= k − i) grows by adding. */
function lowerTail(parts: Parts, k: number): number {
  const { lambda, negativeBinomial } = parts;
  const { from, to } = convolution(parts, k);
  let weight = poissonDensity(to, lambda);
  let mass = negativeBinomial.probability(k - to);
  let tail = negativeBinomial.cdf(k - to);
  let sum = weight * tail;
  for (let i = to; i > 0 && (i > from || i > lambda || weight * tail > NEGLIGIBLE * sum); i--) {
    weight *= i / lambda;
    mass /= backward(parts, k - i + 1);
    tail += mass;
    sum += weight * tail;
  }
  return sum;
}

/** P(N > k), from the fewest Poisson claims that matter up, so that P(negative binomial > k − i) grows by adding. */
function upperTail(parts: Parts, k: number): number {
  const { lambda, negativeBinomial } = parts;
  const { from, to } = convolution(parts, k);
  let weight = poissonDensity(from, lambda);
  let mass = negativeBinomial.probability(k - from);
  let tail = negativeBinomial.survival(k - from);
  let sum = weight * tail;
  for (let i = from; i < k && (i < to || i < lambda || weight * tail > NEGLIGIBLE * sum); i++) {
    weight *= lambda / (i + 1);
    tail += mass;
    mass *= backward(parts, k - i);
    sum += weight * tail;
  }
  return sum + gammaP(k + 1, lambda);
}

/**
 * (k + 1) p(k + 1) = lambda p(k) + size g(k) with g(k) = (1 − prob)(p(k) + g(k − 1)), from the derivative of the
 * generating function; Panjer's three-term form has a negative term.
 */
function delaporteMasses(lambda: number, size: number, prob: number, rest: number) {
  const failure = exactSum(1, -prob);
  return linearMasses(
    failure,
    ({ mass, other }, k) => {
      const next = over(plus(times(pair(lambda), mass), times(pair(size), other)), pair(k + 1));
      return { mass: next, other: times(failure, plus(next, other)) };
    },
    rest,
  );
}
