import type { Severity } from "../../laws/law.ts";
import { normalCdf } from "../../math/normal.ts";

/**
 * The amount of a claim whose uniform is Φ(z): Q of the lower tail, or, of a line thinned to `survival`, Q(survival · Φ(z))
 * of the upper tail. Probabilities above ½ are never formed: they would not have the digits.
 */
export function amountAt(law: Severity, survival: number): (z: number) => number {
  if (survival < 1) return (z) => law.quantile(survival * normalCdf(z), "upper");
  return (z) => (z < 0 ? law.quantile(normalCdf(z), "lower") : law.quantile(normalCdf(-z), "upper"));
}
