import { gammaP, gammaQ } from "../../../math/incomplete-gamma.ts";
import { poissonDensity } from "../../../math/poisson-density.ts";
import { quotientError } from "./quotient-error.ts";

/**
 * Gamma probabilities at t = numerator / denominator, corrected for the rounding of that quotient, which large shapes
 * magnify by up to 40 √shape in the tails.
 */

/** e^−t t^a / Γ(a + 1). */
export function gammaDensity(a: number, numerator: number, denominator: number): number {
  const t = numerator / denominator;
  return poissonDensity(a, t) * (1 + (a - t) * quotientError(numerator, denominator, t));
}

/** P(a, t). */
export function gammaLowerTail(a: number, numerator: number, denominator: number): number {
  const t = numerator / denominator;
  return gammaP(a, t) + a * poissonDensity(a, t) * quotientError(numerator, denominator, t);
}

/** Q(a, t). */
export function gammaUpperTail(a: number, numerator: number, denominator: number): number {
  const t = numerator / denominator;
  return gammaQ(a, t) - a * poissonDensity(a, t) * quotientError(numerator, denominator, t);
}
