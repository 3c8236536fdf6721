import { expPair } from "../../../math/exp.ts";
import { log1p, logPair } from "../../../math/log.ts";
import { productError, sumError } from "../../../math/rounding-error.ts";
import type { Pair } from "../../../math/rounding-error.ts";

/**
 * Powers of amounts measured in their scale. Logarithms are carried in two doubles, because the rounding of a plain
 * quotient x / scale would be magnified by the shape, and because the power may be out of range where the result is not.
 */

/** log(x / scale) in two doubles, for positive and finite x and scale. */
export function logRatio(x: number, scale: number): Pair {
  const a = logPair(x);
  const b = logPair(scale);
  const high = a.high - b.high;
  return { high, low: sumError(a.high, -b.high, high) + (a.low - b.low) };
}

/** (x / scale)^shape for x in [0, Infinity], a positive, finite scale and any shape but 0. */
export function powerOfRatio(x: number, scale: number, shape: number): number {
  if (!(x > 0 && x < Infinity)) return shape > 0 ? x : 1 / x;
  const { high, low } = logRatio(x, scale);
  const product = shape * high;
  return expPair(product, productError(shape, high, product) + shape * low);
}

/** scale · y^(1 / shape) for y in [0, Infinity] and any shape but 0. */
export function scaledRoot(scale: number, y: number, shape: number): number {
  if (!(y > 0 && y < Infinity)) return shape > 0 ? y : 1 / y;
  const { high, low } = logPair(y);
  return scaledExponential(scale, high, low, shape);
}

/** scale · e^((high + low) / shape), for any finite exponent. */
export function scaledExponential(scale: number, high: number, low: number, shape: number): number {
  const quotient = high / shape;
  const product = quotient * shape;
  const quotientLow = (high - product - productError(quotient, shape, product) + low) / shape;
  const start = logPair(scale);
  const sum = start.high + quotient;
  return expPair(sum, sumError(start.high, quotient, sum) + (start.low + quotientLow));
}

/** log(1 + (x / scale)^shape) for positive and finite x and any shape but 0, also where the power overflows. */
export function log1pPower(x: number, scale: number, shape: number): number {
  const power = powerOfRatio(x, scale, shape);
  return power < Infinity ? log1p(power) : shape * logRatio(x, scale).high;
}
