import { powerOfTwo } from "./exponent.ts";

/** ln 2 to 33 bits, so that k · LN2_HIGH is exact for every exponent k, and the rest of ln 2. */
export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.9082149292705877e-10;
const LOG2_E = 1 / (LN2_HIGH + LN2_LOW);

/** e^x; below 1 unit in the last place. */
export function exp(x: number): number {
  return expPair(x, 0);
}

/** e^(high + low) for a |low| far below 1: the exponential of a number carried in two doubles. */
export function expPair(high: number, low: number): number {
  if (high > 710) return Infinity;
  if (high < -746) return 0;
  if (Number.isNaN(high)) return high;
  const k = Math.floor(high * LOG2_E + 0.5);
  const start = high - k * LN2_HIGH;
  const rest = low - k * LN2_LOW;
  const r = start + rest;
  const tail = rest - (r - start);
  return scale(1 + (r + (r * r * quadratic(r) + tail)), k);
}

/** e^x − 1 without cancellation near 0; about 1 unit in the last place. */
export function expm1(x: number): number {
  if (x > 710) return Infinity;
  if (x < -40) return -1;
  const k = Math.floor(x * LOG2_E + 0.5);
  if (k === 0) return x * x < 1e-300 ? x : x + x * x * quadratic(x);
  if (Number.isNaN(x)) return x;
  const start = x - k * LN2_HIGH;
  const rest = -k * LN2_LOW;
  const r = start + rest;
  const tail = rest - (r - start);
  // e^x − 1 = 2^k (1 − 2^-k + r + …); where 1 − 2^-k and r nearly cancel (k = 1), their sum is exact.
  return scale(1 - powerOfTwo(-k) + r + (r * r * quadratic(r) + tail), k);
}

/** (e^r − 1 − r) / r² by its Taylor series, |r| <= ln 2 / 2; the first term left out is below 2^-60. */
function quadratic(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const first = 1 / 2 + (1 / 6) * r + (1 / 24 + (1 / 120) * r) * r2;
  const second = 1 / 720 + (1 / 5040) * r + (1 / 40320 + (1 / 362880) * r) * r2;
  const third = 1 / 3628800 + (1 / 39916800) * r + (1 / 479001600 + (1 / 6227020800) * r) * r2;
  return first + (second + third * r4) * r4;
}

/** x · 2^k, rounded once, for x near 1 and k from −1076 to 1024. */
function scale(x: number, k: number): number {
  if (k < -1021) return x * powerOfTwo(k + 64) * powerOfTwo(-64);
  if (k > 1023) return x * 2 * powerOfTwo(1023);
  return x * powerOfTwo(k);
}
