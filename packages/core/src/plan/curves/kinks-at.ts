import type { Severity } from "../../laws/law.ts";
import { kinksOf } from "../../laws/severities/numerics/kinks.ts";
import { powerOfTwo } from "../../math/exponent.ts";
import { normalQuantile } from "../../math/normal.ts";
import { LEAST_SHARE } from "./amount-at.ts";

/** An amount has an atom where its probability is above this: a thousand times what a double rounds off. */
const LEAST_ATOM = 1e-13;
/** Just below a positive double. */
const BELOW = 1 - powerOfTwo(-53);

/**
 * Where, in the z of `amountAt`, the amounts of a law have their kinks, ascending: both ends of an atom, and of a line thinned
 * to less than LEAST_SHARE those of its own claims.
 */
export function kinksAt(law: Severity, survival: number): number[] {
  const normals = survival < LEAST_SHARE ? composedNormals : plainNormals;
  return [...new Set(kinksOf(law))]
    .flatMap((x) => normals(law, x, survival))
    .filter((z) => Math.abs(z) < Infinity)
    .sort((a, b) => a - b);
}

/** The z of P(X <= x), and of P(X < x) where that differs. */
function plainNormals(law: Severity, x: number): number[] {
  const before = law.cdf(x * BELOW);
  const after = law.cdf(x);
  const isAtom = Math.max(after - before, law.survival(x * BELOW) - law.survival(x)) > LEAST_ATOM;
  return (isAtom ? [x * BELOW, x] : [x]).map((y) => {
    const below = law.cdf(y);
    return below < 0.5 ? normalQuantile(below, "lower") : normalQuantile(law.survival(y), "upper");
  });
}

/** The same of the claims above the threshold, from the top: z belongs to P(X > x) / survival. */
function composedNormals(law: Severity, x: number, survival: number): number[] {
  const after = Math.min(law.survival(x) / survival, 1);
  const before = Math.min(law.survival(x * BELOW) / survival, 1);
  return (before - after > LEAST_ATOM ? [after, before] : [after]).map((p) => normalQuantile(p, "lower"));
}
