import type { Severity } from "../../law.ts";
import { gaussLegendre } from "./quadrature.ts";

/** A difference of probabilities above this part of the larger one has lost at most three bits. */
const HARMLESS = 1 / 8;
/** Rounding errors of two probabilities that are subtracted, relative to the larger one. */
const ROUNDING = 1e-14;

/**
 * P(a < X <= b), from whichever tail is smaller there. Where two probabilities would cancel, the interval is narrow
 * against the scale of the law, and the density is integrated instead, unless it is not smooth there.
 */
export function probabilityBetween(law: Severity, a: number, b: number): number {
  const [larger, smaller] = tails(law, a, b);
  const difference = larger - smaller;
  if (!(difference < HARMLESS * larger)) return difference;
  const middle = a + (b - a) / 2;
  const whole = gaussLegendre(law.density, a, b);
  const halves = gaussLegendre(law.density, a, middle) + gaussLegendre(law.density, middle, b);
  const isSmooth = Math.abs(whole - halves) <= ROUNDING * halves;
  return isSmooth && Math.abs(halves - difference) <= ROUNDING * larger ? halves : difference;
}

/** Two probabilities whose difference it is. */
function tails(law: Severity, a: number, b: number): [larger: number, smaller: number] {
  const upToB = law.cdf(b);
  if (upToB <= 0.5) return [upToB, law.cdf(a)];
  const beyondA = law.survival(a);
  if (beyondA <= 0.5) return [beyondA, law.survival(b)];
  return [1, law.cdf(a) + law.survival(b)];
}
