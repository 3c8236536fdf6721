import { log, log1p } from "../../../math/log.ts";
import type { Severity, Tail } from "../../law.ts";

/**
 * A severity from formulas that hold strictly inside its support: adds what lies outside, the ends of the quantile, and
 * the choice of tail. `law.quantile` is only asked for p in (0, 1/2], every other function only for lower < x < upper
 * (density: also at finite ends).
 */
export function continuous(law: Severity): Severity {
  const { lower, upper, mean, variance, tailIndex, elasticity } = law;
  const inside = (p: number, tail: Tail, near?: number): number => {
    // 1 − p is exact for p in [1/2, 1].
    const x = p > 0.5 ? law.quantile(1 - p, opposite(tail), near) : law.quantile(p, tail, near);
    return Math.min(Math.max(x, lower), upper);
  };
  return {
    lower,
    upper,
    mean,
    variance,
    tailIndex,
    density: (x) => (x < lower || x > upper || Math.abs(x) === Infinity ? 0 : law.density(x)),
    cdf: (x) => (x <= lower ? 0 : x >= upper ? 1 : law.cdf(x)),
    survival: (x) => (x <= lower ? 1 : x >= upper ? 0 : law.survival(x)),
    quantile: (p, tail, near) => endOfSupport(law, p, tail) ?? inside(p, tail, near),
    limitedExpectedValue: (d) => (d <= lower ? d : d >= upper ? mean : law.limitedExpectedValue(d)),
    elasticity,
  };
}

/** The quantile at p = 0 and 1, NaN where p is no probability, undefined in between. */
export function endOfSupport(law: Severity, p: number, tail: Tail): number | undefined {
  if (p > 0 && p < 1) return undefined;
  if (p === 0) return tail === "lower" ? law.lower : law.upper;
  if (p === 1) return tail === "lower" ? law.upper : law.lower;
  return NaN;
}

export function opposite(tail: Tail): Tail {
  return tail === "lower" ? "upper" : "lower";
}

/** −log of the survival at the x that p and tail ask for, p in (0, 1): the cumulative hazard at the quantile. */
export function hazardAt(p: number, tail: Tail): number {
  return tail === "lower" ? -log1p(-p) : -log(p);
}

/** The limit at 0 of a density that behaves like constant · shape · x^(shape − 1) there. */
export function densityAtZero(shape: number, constant: number): number {
  return shape < 1 ? Infinity : shape > 1 ? 0 : constant;
}
