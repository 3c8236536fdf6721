import { LN2_HIGH, LN2_LOW } from "./exp.ts";
import { exponentOf, powerOfTwo } from "./exponent.ts";
import { pair, productError, sumError } from "./rounding-error.ts";
import type { Pair } from "./rounding-error.ts";

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const SUBNORMAL_SHIFT = 54;

/** The natural logarithm; below 1 unit in the last place. NaN below 0, −Infinity at 0. */
export function log(x: number): number {
  if (x < SMALLEST_NORMAL) return logBelowNormal(x);
  if (!(x < Infinity)) return x;
  const k = exponentOf(x);
  return assemble(k, x * powerOfTwo(-k) - 1, 0);
}

function logBelowNormal(x: number): number {
  if (x < 0) return NaN;
  if (x === 0) return -Infinity;
  const k = exponentOf(x * powerOfTwo(SUBNORMAL_SHIFT)) - SUBNORMAL_SHIFT;
  return assemble(k, x * powerOfTwo(SUBNORMAL_SHIFT) * powerOfTwo(-k - SUBNORMAL_SHIFT) - 1, 0);
}

/** log(1 + x) without cancellation near 0; about 1 unit in the last place. NaN below −1, −Infinity at −1. */
export function log1p(x: number): number {
  if (x <= -1) return x === -1 ? -Infinity : NaN;
  if (!(x < Infinity)) return x;
  if (x > -0.29 && x < 0.41) return x * x < 1e-300 ? x : assemble(0, x, 0);
  const sum = 1 + x;
  const k = exponentOf(sum);
  return assemble(k, sum * powerOfTwo(-k) - 1, sumError(1, x, sum) / sum);
}

/** k ln 2 + log(1 + f) + tail for f in [√½ − 1, √2 − 1]: with s = f / (2 + f), log(1 + f) = 2s + s · series(s²). */
function assemble(k: number, f: number, tail: number): number {
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  // 2s = f − (f²/2 − s f²/2): the rounding error of the quotient only reaches the small terms.
  return k * LN2_HIGH - (half - (s * (half + series(s * s)) + (k * LN2_LOW + tail)) - f);
}

/** 2 artanh(s) / s − 2 as a Taylor series in z = s², for z < 0.0295; the first term left out is below 2^-60. */
function series(z: number): number {
  return z * (2 / 3 + z * seriesTail(z));
}

function seriesTail(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const first = 2 / 5 + (2 / 7) * z + (2 / 9 + (2 / 11) * z) * z2;
  const second = 2 / 13 + (2 / 15) * z + (2 / 17 + (2 / 19) * z) * z2;
  return first + (second + (2 / 21 + (2 / 23) * z) * z4) * z4;
}

const TWO_THIRDS = 2 / 3;
/** 2/3 less its double, which ends 10101₂ and is rounded down by a third of its last place, 2^-53. */
const TWO_THIRDS_LOW = (1 / 3) * powerOfTwo(-53);

/** The natural logarithm in two doubles, absolute error below 2^-65 · max(1, |log x|), for a positive and finite x. */
export function logPair(x: number): Pair {
  const shift = x < SMALLEST_NORMAL ? SUBNORMAL_SHIFT : 0;
  const normal = x * powerOfTwo(shift);
  const exponent = exponentOf(normal);
  const k = exponent - shift;
  const f = normal * powerOfTwo(-exponent) - 1;
  const sum = 2 + f;
  const s = f / sum;
  const product = s * sum;
  const sLow = (f - product - productError(s, sum, product) - s * sumError(2, f, sum)) / sum;
  const rest = artanhRest(s, sLow);
  const whole = k * LN2_HIGH;
  const first = whole + 2 * s;
  const second = first + rest.high;
  const errors = sumError(whole, 2 * s, first) + sumError(first, rest.high, second);
  const low = errors + (rest.low + 2 * sLow + k * LN2_LOW);
  return pair(second, low);
}

/** log((1 + s) / (1 − s)) − 2s in two doubles for s = high + low, |s| < 0.1716; relative error below 2^-57. */
export function artanhRest(high: number, low: number): Pair {
  const z = high * high;
  const zLow = productError(high, high, z) + 2 * high * low;
  const t = z * TWO_THIRDS;
  const tLow = productError(z, TWO_THIRDS, t) + (z * TWO_THIRDS_LOW + zLow * TWO_THIRDS + z * z * seriesTail(z));
  const rest = high * t;
  return pair(rest, productError(high, t, rest) + high * tLow + low * t);
}
