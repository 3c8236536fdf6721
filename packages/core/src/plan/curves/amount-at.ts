import type { Severity } from "../../laws/law.ts";
import { normalCdf } from "../../math/normal.ts";

/** The smallest S of a thinned line whose tails, S · 2^-54 at least, the normal table has: 2^-9. */
export const LEAST_SHARE = 1 / 512;

/** The amount at z. A guess that is `near` saves time, and so does `tail`, the smaller one at z, where it is known. */
export type AmountAt = (z: number, near?: number, tail?: number) => number;

/** P(Z <= z) or P(Z > z) of a normal variable, whichever is smaller. */
export function smallerTail(z: number): number {
  return normalCdf(-Math.abs(z));
}

/**
 * The amount at z: Q(Φ(z)) of the lower tail; for a line thinned to less than LEAST_SHARE Q(survival · Φ(z)) of the upper
 * tail. Other thinned lines have z = Φ⁻¹(S · v) of the upper tail, and so the amount at −z. Probabilities above ½ are
 * never formed: they would not have the digits.
 */
export function amountAt(law: Severity, survival: number): AmountAt {
  if (survival < LEAST_SHARE) {
    return (z, near, tail = smallerTail(z)) => law.quantile(survival * (z < 0 ? tail : 1 - tail), "upper", near);
  }
  return (z, near, tail = smallerTail(z)) => law.quantile(tail, z < 0 ? "lower" : "upper", near);
}
