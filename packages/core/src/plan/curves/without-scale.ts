import type { SeveritySpec } from "../../laws/severities/index.ts";
import { exp, LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { MOST_SHIFT } from "../recipe.ts";

/** A law of X / scale. */
export interface Scaled {
  readonly of: SeveritySpec;
  readonly scale: number;
  /** log2 of the scale. */
  readonly shift: number;
}

const LN2 = LN2_HIGH + LN2_LOW;
/** Rounds ratios to 46 bits: amounts that were multiplied by one number then mostly have one, 7e-15 off at most. */
const SPLIT = 129;
/** Rounds logarithms, of which more digits were lost, to multiples of 2^-44. */
const GRID = 17_592_186_044_416;
/** Of amounts that are farther apart nothing is said, nor of amounts of both signs. */
const LEAST_RATIO = 1e-150;
const MOST_RATIO = 1e150;
/** What is left between two amounts of a law that has no width. */
const LEAST_WIDTH = 1e-6;

/**
 * A law of scale 1, where all parameters that are amounts are 0 or more and their common multiple is that of all amounts: then no
 * amount is off by more than the parameters are, which are rounded. Null elsewhere, as for laws with atoms, whose amounts have
 * to be exact, or with a location, about which digits would be lost, and for that law itself.
 */
export function withoutScale(spec: SeveritySpec): Scaled | null {
  const scale = scaleOf(spec);
  if (scale === null || scale === 1) return null;
  const shift = log(scale) / LN2;
  if (!(Math.abs(shift) <= MOST_SHIFT)) return null;
  let isInRange = true;
  const part = (amount: number): number => {
    const ratio = amount / scale;
    if (ratio !== 0 && !(ratio > LEAST_RATIO && ratio < MOST_RATIO)) isInRange = false;
    return rounded(ratio);
  };
  const of = divided(spec, part, log(scale));
  return isInRange ? { of, scale, shift } : null;
}

/** One of a law's amounts. */
function scaleOf(spec: SeveritySpec): number | null {
  switch (spec.law) {
    case "lognormal":
      return exp(spec.meanlog);
    case "singleParameterPareto":
      return spec.min;
    case "inverseGaussian":
      return spec.mean;
    case "generalizedPareto":
      return spec.scale;
    case "uniform":
    case "triangular":
      return spec.max - spec.min > LEAST_WIDTH * spec.max ? spec.max : null;
    case "histogram":
      return areApart(spec.edges) ? spec.edges[spec.edges.length - 1] : null;
    case "mixture": {
      const scales = spec.components.map(scaleOf);
      return scales.includes(null) ? null : scales[0];
    }
    default:
      return "scale" in spec && !("location" in spec) ? spec.scale : null;
  }
}

function areApart(edges: readonly number[]): boolean {
  return edges.every((edge, i) => i === 0 || edge - edges[i - 1] > LEAST_WIDTH * edge);
}

/** The law whose amounts are `part` of those of a law, and their logarithms less by `logScale`. */
function divided(spec: SeveritySpec, part: (amount: number) => number, logScale: number): SeveritySpec {
  switch (spec.law) {
    case "lognormal":
      return { ...spec, meanlog: Math.round((spec.meanlog - logScale) * GRID) / GRID };
    case "singleParameterPareto":
      return { ...spec, min: part(spec.min) };
    case "inverseGaussian":
      return { ...spec, mean: part(spec.mean), shape: part(spec.shape) };
    case "generalizedPareto":
      return { ...spec, scale: part(spec.scale), location: part(spec.location) };
    case "uniform":
      return { ...spec, min: part(spec.min), max: part(spec.max) };
    case "triangular":
      return { ...spec, min: part(spec.min), mode: part(spec.mode), max: part(spec.max) };
    case "histogram":
      return { ...spec, edges: spec.edges.map(part) };
    case "mixture":
      return { ...spec, components: spec.components.map((one) => divided(one, part, logScale)) };
    default:
      return "scale" in spec ? { ...spec, scale: part(spec.scale) } : spec;
  }
}

/** Dekker's splitting of a double (1971), of which the upper half is kept. */
function rounded(x: number): number {
  const product = SPLIT * x;
  return product - (product - x);
}
