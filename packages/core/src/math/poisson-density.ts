import { expPair } from "./exp.ts";
import { gammaFunction1p, SQRT_2PI, STIRLING_FROM, stirlingError } from "./gamma.ts";
import { artanhRest, logPair } from "./log.ts";
import { pair, productError, sumError } from "./rounding-error.ts";
import type { Pair } from "./rounding-error.ts";

/** e^−λ λ^x / Γ(x + 1) for real x >= 0 and λ >= 0: the Poisson probabilities, and x/λ times it a gamma density in λ. */
export function poissonDensity(x: number, lambda: number): number {
  const { high, low } = poissonDeviance(x, lambda, 0);
  return poissonPeak(x) * expPair(-high, -low);
}

/** e^−x x^x / Γ(x + 1), the Poisson density at its own mean, for real x >= 0. */
export function poissonPeak(x: number): number {
  if (x >= STIRLING_FROM) return expPair(-stirlingError(x), 0) / (SQRT_2PI * Math.sqrt(x));
  if (x === 0) return 1;
  const { high, low } = logPair(x);
  const product = x * high;
  const sum = product - x;
  const error = productError(x, high, product) + sumError(product, -x, sum);
  return expPair(sum, error + x * low) / gammaFunction1p(x);
}

/**
 * x log(x / m) + m − x for a mean m = mean + meanLow, in two doubles (Loader 2000, Fast and accurate computation of
 * binomial probabilities, section 3). Its absolute error stays below 1e-15 where e^−deviance is a normal double, so the
 * densities keep their relative accuracy in their tails, also at arguments of 1e8, where one double would lose 1e-13. `logX` is
 * log x, where that is known.
 */
export function poissonDeviance(x: number, mean: number, meanLow: number, logX?: Pair): Pair {
  if (x === 0) return { high: mean, low: meanLow };
  if (mean === 0 || mean === Infinity) return { high: Infinity, low: 0 };
  return Math.abs(x - mean) < 0.17 * (x + mean)
    ? nearDeviance(x, mean, meanLow)
    : farDeviance(x, mean, meanLow, logX ?? logPair(x));
}

/** With v = (x − m) / (x + m): (x − m) v + x (2 artanh v − 2v), both terms without cancellation. */
function nearDeviance(x: number, mean: number, meanLow: number): Pair {
  const difference = x - mean;
  const differenceLow = sumError(x, -mean, difference) - meanLow;
  const total = x + mean;
  const totalLow = sumError(x, mean, total) + meanLow;
  const v = difference / total;
  const product = v * total;
  const vLow = (difference - product - productError(v, total, product) + differenceLow - v * totalLow) / total;
  const square = difference * v;
  const squareLow = productError(difference, v, square) + (difference * vLow + differenceLow * v);
  const rest = artanhRest(v, vLow);
  const cubic = x * rest.high;
  const cubicLow = productError(x, rest.high, cubic) + x * rest.low;
  const sum = square + cubic;
  return pair(sum, sumError(square, cubic, sum) + (squareLow + cubicLow));
}

function farDeviance(x: number, mean: number, meanLow: number, a: Pair): Pair {
  const b = logPair(mean);
  const ratio = a.high - b.high;
  const ratioLow = sumError(a.high, -b.high, ratio) + (a.low - b.low - meanLow / mean);
  const product = x * ratio;
  const productLow = productError(x, ratio, product) + x * ratioLow;
  const difference = mean - x;
  const differenceLow = sumError(mean, -x, difference) + meanLow;
  const sum = product + difference;
  return pair(sum, sumError(product, difference, sum) + (productLow + differenceLow));
}
