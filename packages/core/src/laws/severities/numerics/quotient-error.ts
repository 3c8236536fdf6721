import { productError } from "../../../math/rounding-error.ts";

/** The relative error of a rounded quotient, to correct to first order what depends on it; 0 where it is out of range. */
export function quotientError(numerator: number, denominator: number, quotient: number): number {
  const product = quotient * denominator;
  const error = (numerator - product - productError(quotient, denominator, product)) / numerator;
  return Math.abs(error) < 1e-15 ? error : 0;
}
