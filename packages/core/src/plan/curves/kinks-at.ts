import type { Severity } from "../../laws/law.ts";
import { kinksOf } from "../../laws/severities/numerics/kinks.ts";
import { normalQuantile } from "../../math/normal.ts";

/** Where, in z, the amounts of a law have their kinks; ascending. */
export function kinksAt(law: Severity): number[] {
  const at = (x: number): number => {
    const below = law.cdf(x);
    return below < 0.5 ? normalQuantile(below, "lower") : normalQuantile(law.survival(x), "upper");
  };
  return kinksOf(law)
    .map(at)
    .filter((z) => Math.abs(z) < Infinity)
    .sort((a, b) => a - b);
}
