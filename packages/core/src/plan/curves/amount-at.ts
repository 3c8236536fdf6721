import type { Severity } from "../../laws/law.ts";
import { normalCdf } from "../../math/normal.ts";

/** The smallest S of a thinned line whose tails, S · 2^-54 at least, the normal table has: 2^-9. */
export const LEAST_SHARE = 1 / 512;

/**
 * The amount at z: Q(Φ(z)) of the lower tail; for a line thinned to less than LEAST_SHARE Q(survival · Φ(z)) of the upper
 * tail. Other thinned lines have z = Φ⁻¹(S · v) of the upper tail, and so the amount at −z. Probabilities above ½ are
 * never formed: they would not have the digits. `near` is a guess.
 */
export function amountAt(law: Severity, survival: number): (z: number, near?: number) => number {
  if (survival < LEAST_SHARE) return (z, near) => law.quantile(survival * normalCdf(z), "upper", near);
  return (z, near) => (z < 0 ? law.quantile(normalCdf(z), "lower", near) : law.quantile(normalCdf(-z), "upper", near));
}
