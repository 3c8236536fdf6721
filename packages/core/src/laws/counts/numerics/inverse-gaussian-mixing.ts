import { exp, expm1, expPair } from "../../../math/exp.ts";
import { poissonDeviance, poissonPeak } from "../../../math/poisson-density.ts";
import { productError, sumError } from "../../../math/rounding-error.ts";
import { gaussLegendre } from "../../severities/numerics/quadrature.ts";

/** The law of the Poisson mean: inverse Gaussian with this mean and variance mean³ · dispersion. */
export interface InverseGaussian {
  readonly mean: number;
  readonly dispersion: number;
}

/** What the Poisson density is multiplied by: a density, or a tail that is 1 to all digits above or below the mean. */
export type Factor = "density" | "cdf" | "survival";

/** The width of a panel in standard deviations of the integrand, for which 16 points err by less than 1e-17. */
const PANEL = 2.5;
/** What keeps panels below 1.25 where the integrand is flat. */
const LEAST_CURVATURE = 4;
/** A panel that adds less than this part of the sum is the last. */
const NEGLIGIBLE = 1e-19;
/** With a density of e^-45 there, and less beyond, a tail is 1 to all digits. */
const FLAT_FROM = 45;

/**
 * The integral of Poisson(k; θ) · value(θ) over θ > 0, with the density, cdf or survival function of an inverse
 * Gaussian θ as value: P(N = k), P(N <= k) or P(N > k) of the mixture, the latter two after integration by parts. In
 * log θ the integrand is log-concave: panels go outwards from its peak, as wide as the curvature of its logarithm
 * allows.
 */
export function overPoissonMean(
  law: InverseGaussian,
  k: number,
  factor: Factor,
  value: (theta: number) => number,
): number {
  const peak = peakOf(law, k, factor);
  const scale = poissonPeak(k);
  const integrand = (distance: number) => {
    // Near the peak θ in two doubles: the Poisson density magnifies its rounding √k times. Far below it e^x − 1 is all
    // −1.
    const growth = distance > -0.5 ? expm1(distance) : 0;
    const start = distance > -0.5 ? peak : peak * exp(distance);
    const gain = start * growth;
    const theta = start + gain;
    const { high, low } = poissonDeviance(k, theta, sumError(start, gain, theta) + productError(start, growth, gain));
    return theta * scale * expPair(-high, -low) * value(theta);
  };
  let sum = 0;
  for (const direction of [-1, 1]) {
    let added = Infinity;
    for (let start = 0; added > NEGLIGIBLE * sum;) {
      const end = start + direction * panelWidth(law, factor, peak * exp(start));
      added = direction * gaussLegendre(integrand, start, end);
      sum += added;
      start = end;
    }
  }
  return sum;
}

/** The θ at which the integrand stops growing, with each tail's slope taken from the density where it falls. */
function peakOf({ mean, dispersion }: InverseGaussian, k: number, factor: Factor): number {
  let low = -100;
  let high = 100;
  while (high - low > 1e-12 * (1 + Math.abs(low))) {
    const s = (low + high) / 2;
    const densitySlope = -1.5 - (exp(s) - exp(-s)) / (2 * dispersion * mean);
    const slope =
      factor === "cdf" ? Math.max(0, densitySlope) : factor === "survival" ? Math.min(0, densitySlope) : densitySlope;
    if (k + 1 - mean * exp(s) + slope > 0) low = s;
    else high = s;
  }
  return mean * exp(high);
}

function panelWidth({ mean, dispersion }: InverseGaussian, factor: Factor, theta: number): number {
  const curvature = (theta / mean + mean / theta) / (2 * dispersion * mean);
  const isFlat = factor === (theta < mean ? "survival" : "cdf") && curvature - 1 / (dispersion * mean) > FLAT_FROM;
  return PANEL / Math.sqrt(LEAST_CURVATURE + theta + (isFlat ? 0 : curvature));
}
