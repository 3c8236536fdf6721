import type { z } from "zod";
import { type Complaint, defineLaw, real } from "../define-law.ts";
import type { Severity } from "../law.ts";
import { endOfSupport, opposite } from "./numerics/continuous.ts";
import { kinksOf } from "./numerics/kinks.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";
import { probabilityBetween } from "./numerics/probability-between.ts";
import { centralMoment, divergentMean, limitedOf } from "./numerics/truncated-moments.ts";
import { SPACING, truncatedQuantile } from "./numerics/truncated-quantile.ts";
import type { SeveritySpec } from "./spec.ts";

/**
 * The law of X, given that lower < X <= upper, where X has the law `of`; one of the bounds may be missing.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, sections 3.1 and 5.6. Limited expected values that would cancel, and
 * every variance, are integrals of the tails. Breaks where the interval's probability is no normal double; loses digits
 * where it is far smaller than the tails beside it and the law is not smooth inside.
 */
export function defineTruncated(inner: z.ZodType<SeveritySpec>, severity: (spec: SeveritySpec) => Severity) {
  return defineLaw(
    "truncated",
    { of: inner, lower: real().optional(), upper: real().optional() },
    ({ of, lower = -Infinity, upper = Infinity }) => truncatedSeverity(severity(of), lower, upper),
    ({ of, lower = -Infinity, upper = Infinity }): Complaint[] => {
      if (lower === -Infinity && upper === Infinity) return [["lower", "missing; give lower, upper or both"]];
      if (!(lower < upper)) return [["upper", `must be larger than lower (${lower}), found ${upper}`]];
      if (probabilityBetween(severity(of), lower, upper) > 0) return [];
      return [["of", `has no probability between ${lower} and ${upper}`]];
    },
  );
}

/** The law of X given that from < X <= to; either may be infinite, and the interval must have a probability. */
export function truncatedSeverity(base: Severity, from: number, to: number): PiecewiseSeverity {
  const probability = probabilityBetween(base, from, to);
  const lower = Math.max(base.lower, from);
  const upper = Math.min(base.upper, to);
  const tailIndex = lower === -Infinity || upper === Infinity ? base.tailIndex : Infinity;
  const share = (a: number, b: number): number => Math.min(probabilityBetween(base, a, b) / probability, 1);
  let known: number | undefined;
  const rounding = (): number => (known ??= SPACING * Math.abs(base.quantile(0.5, "lower")));
  const interval = { base, from, to, probability, below: base.cdf(from), beyond: base.survival(to), rounding };
  let mean: number | undefined;
  let variance: number | undefined;
  const law: PiecewiseSeverity = {
    lower,
    upper,
    get mean() {
      return (mean ??= tailIndex > 1 ? limitedOf(interval, law, upper) : divergentMean(law));
    },
    get variance() {
      return (variance ??= tailIndex > 2 ? centralMoment(law) : Math.abs(divergentMean(law)));
    },
    tailIndex,
    density: (x) => (x > from && x <= to ? base.density(x) / probability : 0),
    cdf: (x) => (x <= from ? 0 : x >= upper ? 1 : share(from, x)),
    survival: (x) => (x <= from ? 1 : x >= upper ? 0 : share(x, to)),
    quantile: (p, tail, near) => {
      const end = endOfSupport(law, p, tail);
      if (end !== undefined) return end;
      return p > 0.5
        ? truncatedQuantile(interval, 1 - p, opposite(tail), near)
        : truncatedQuantile(interval, p, tail, near);
    },
    limitedExpectedValue: (d) => (d <= lower ? d : d >= upper ? law.mean : limitedOf(interval, law, d)),
    elasticity: base.elasticity,
    kinks: kinksOf(base).filter((x) => x > from && x < to),
  };
  return law;
}
