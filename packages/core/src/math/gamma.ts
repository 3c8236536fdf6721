import { expPair } from "./exp.ts";
import { log, log1p, logPair } from "./log.ts";
import { polynomial } from "./polynomial.ts";
import { productError, sumError } from "./rounding-error.ts";

/** From here on Stirling's series with eight terms errs by less than 2e-18. */
export const STIRLING_FROM = 10;
export const SQRT_2PI = 2.5066282746310007;
const HALF_LOG_2PI = 0.9189385332046728;

/** B(2n) / (2n (2n − 1)) for n = 1 … 8 (Abramowitz and Stegun 6.1.41). */
const STIRLING = Float64Array.of(
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
);

/**
 * (1 / Γ(1 + t) − 1) / t on |t| <= 1/2, an entire function; the coefficients are a Chebyshev interpolation at 50 digits,
 * error 6e-19.
 */
const RECIPROCAL = Float64Array.of(
  0.5772156649015329,
  -0.6558780715202539,
  -0.042002635034095515,
  0.16653861138229156,
  -0.042197734555520845,
  -0.009621971527881244,
  0.007218943245911219,
  -0.0011651675917515748,
  -0.0002152416622963602,
  0.00012805028095268952,
  -2.0134955675158432e-5,
  -1.250482599887007e-6,
  1.1335045193083941e-6,
  -2.0568090001178425e-7,
  4.939613004327888e-9,
  5.110395864243105e-9,
);

/** log Γ(x + 1) − (x + 1/2) log x + x − log(2π) / 2 for x >= 10: what Stirling's formula leaves out. */
export function stirlingError(x: number): number {
  return polynomial(STIRLING, 1 / (x * x)) / x;
}

/** 1 / Γ(1 + t) − 1 for |t| <= 1/2, accurate to its last digits near t = 0. */
function reciprocalGammaLess1(t: number): number {
  return t * polynomial(RECIPROCAL, t);
}

/** Γ(x) for x >= 0, Infinity at 0 and from 171.63 on, NaN below 0; exact at whole x < 10, else about 3 units. */
export function gammaFunction(x: number): number {
  if (x >= STIRLING_FROM) return gammaByStirling(x);
  if (x < 0.5) return x < 0 ? NaN : 1 / (x * (1 + reciprocalGammaLess1(x)));
  let rest = x;
  let product = 1;
  while (rest > 1.5) {
    rest -= 1;
    product *= rest;
  }
  return product / (1 + reciprocalGammaLess1(rest - 1));
}

/** Γ(1 + t) for t >= 0, without the rounding of 1 + t. */
export function gammaFunction1p(t: number): number {
  return t < 0.5 ? 1 / (1 + reciprocalGammaLess1(t)) : t * gammaFunction(t);
}

function gammaByStirling(x: number): number {
  if (x > 172) return Infinity;
  const { high, low } = logPair(x);
  const product = (x - 0.5) * high;
  const sum = product - x;
  const error = productError(x - 0.5, high, product) + sumError(product, -x, sum);
  return SQRT_2PI * expPair(sum, error + (x - 0.5) * low + stirlingError(x));
}

/** log Γ(x) for x >= 0, accurate to its last digits also near its zeros 1 and 2; Infinity at 0, NaN below. */
export function logGamma(x: number): number {
  if (x >= STIRLING_FROM) return (x - 0.5) * (log(x) - 1) + (HALF_LOG_2PI - 0.5 + stirlingError(x));
  if (x < 0.5) return logGamma1p(x) - log(x);
  if (x <= 2.5) return logGamma1p(x - 1);
  return log(gammaFunction(x));
}

/** log Γ(1 + t) for t >= −1/2, accurate to its last digits also where t is tiny. */
export function logGamma1p(t: number): number {
  return t <= 0.5 ? 0 - log1p(reciprocalGammaLess1(t)) : log(t) + logGamma(t);
}
