import { expPair } from "./exp.ts";
import { logPair } from "./log.ts";
import { productError } from "./rounding-error.ts";

/** Beyond this |y|, x^y is 0, 1 or infinite for every double x: |log x| is at least 2^-53 unless x = 1. */
const LARGEST_EXPONENT = 18446744073709551616;

/** x^y with ECMAScript's special cases (so 1^Infinity is NaN); below 2 units in the last place. */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (x > 0 && x < Infinity && Math.abs(y) <= LARGEST_EXPONENT) return positivePower(x, y);
  return specialPower(x, y);
}

function positivePower(x: number, y: number): number {
  const { high, low } = logPair(x);
  const product = y * high;
  return expPair(product, productError(y, high, product) + y * low);
}

function specialPower(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (!Number.isFinite(y)) return size === 1 ? NaN : sizePower(size, y);
  if (x < 0 && size < Infinity && !Number.isInteger(y)) return NaN;
  const odd = Math.abs(y % 2) === 1;
  const negative = odd && (x < 0 || Object.is(x, -0));
  return negative ? -sizePower(size, y) : sizePower(size, y);
}

function sizePower(size: number, y: number): number {
  if (size === 1) return 1;
  if (size > 0 && size < Infinity && Math.abs(y) <= LARGEST_EXPONENT) return positivePower(size, y);
  return size > 1 === y > 0 ? Infinity : 0;
}
