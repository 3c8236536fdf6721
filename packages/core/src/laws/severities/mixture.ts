import { z } from "zod";
import { checkWeights, defineLaw, weights } from "../define-law.ts";
import type { Elasticity, Severity } from "../law.ts";
import { endOfSupport, opposite } from "./numerics/continuous.ts";
import { MixtureElasticity, type WeightedDensity } from "./numerics/elasticity.ts";
import { kinksOf } from "./numerics/kinks.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";
import { mixtureQuantile } from "./numerics/mixture-quantile.ts";
import type { Part } from "./numerics/mixture-quantile.ts";
import type { SeveritySpec } from "./spec.ts";

/**
 * A claim comes from one of `components`, chosen with probabilities proportional to `weights`.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, definition 4.4. Where atoms are mixed with densities, `density` is
 * the sum of both. Breaks nowhere; a quantile costs some ten times the cdfs of all components.
 */
export function defineMixture(component: z.ZodType<SeveritySpec>, severity: (spec: SeveritySpec) => Severity) {
  return defineLaw(
    "mixture",
    { weights: weights(), components: z.array(component).min(1).max(1000) },
    (spec) => mixtureSeverity(spec.weights, spec.components.map(severity)),
    (spec) => checkWeights("components", spec.components.length, spec.weights),
  );
}

function mixtureSeverity(given: readonly number[], components: readonly Severity[]): PiecewiseSeverity {
  const parts = components.map((law, i) => ({ law, weight: given[i] })).filter(({ weight }) => weight > 0);
  const moments = momentsOf(parts);
  const average = (of: (law: Severity) => number): number => averageOf(parts, of);
  const law: PiecewiseSeverity = {
    lower: Math.min(...parts.map((part) => part.law.lower)),
    upper: Math.max(...parts.map((part) => part.law.upper)),
    get mean() {
      return moments().mean;
    },
    get variance() {
      return moments().variance;
    },
    tailIndex: Math.min(...parts.map((part) => part.law.tailIndex)),
    density: (x) => average((part) => part.density(x)),
    cdf: (x) => average((part) => part.cdf(x)),
    survival: (x) => average((part) => part.survival(x)),
    quantile: (p, tail, near) => {
      const end = endOfSupport(law, p, tail);
      if (end !== undefined) return end;
      return p > 0.5 ? mixtureQuantile(parts, 1 - p, opposite(tail), near) : mixtureQuantile(parts, p, tail, near);
    },
    limitedExpectedValue: (d) => average((part) => part.limitedExpectedValue(d)),
    elasticity: elasticityOf(parts),
    kinks: parts.flatMap((part) => kinksOf(part.law)),
  };
  return law;
}

/** Known where it is of all parts. */
function elasticityOf(parts: readonly Part[]): Elasticity | undefined {
  const densities: WeightedDensity[] = [];
  for (const { weight, law } of parts) {
    if (law.elasticity === undefined) return undefined;
    densities.push({ weight, density: law.density, elasticity: law.elasticity });
  }
  return new MixtureElasticity(densities);
}

/** The average of a number over all parts; exactly 1 where it is 1 for all of them. */
export function averageOf(parts: readonly Part[], of: (law: Severity) => number): number {
  let sum = 0;
  let total = 0;
  for (const { weight, law } of parts) {
    sum += weight * of(law);
    total += weight;
  }
  return sum / total;
}

/** Mean and variance (within and between the parts), computed when first asked for: those of a truncated law are dear. */
export function momentsOf(parts: readonly Part[]): () => { readonly mean: number; readonly variance: number } {
  let known: { mean: number; variance: number } | undefined;
  return () => {
    if (known === undefined) {
      const mean = averageOf(parts, (law) => law.mean);
      const spread = (law: Severity): number => law.variance + (law.mean - mean) * (law.mean - mean);
      known = { mean, variance: Number.isFinite(mean) ? averageOf(parts, spread) : Math.abs(mean) };
    }
    return known;
  };
}
