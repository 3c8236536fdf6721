import { normalCdf, normalDensity, normalQuantile, normalSurvival } from "../../math/normal.ts";
import { sumError } from "../../math/rounding-error.ts";
import { defineLaw, positive, real } from "../define-law.ts";
import { continuous } from "./numerics/continuous.ts";
import { SymmetricElasticity } from "./numerics/elasticity.ts";
import { limitedOfSymmetric } from "./numerics/symmetric.ts";

/** From here on the continued fraction is exact after so many terms. */
const FRACTION_FROM = 3;
const FRACTION_TERMS = 60;

/**
 * The normal law with standard deviation `sd`. It can be negative: a policy needs it truncated.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 13. Quantiles near 0 and
 * limited expected values near 0 are accurate relative to |mean| and sd only.
 */
export const normal = defineLaw("normal", { mean: real(), sd: positive() }, ({ mean, sd }) => {
  const score = (x: number): number => {
    const difference = x - mean;
    return (difference + sumError(x, -mean, difference)) / sd;
  };
  return continuous({
    lower: -Infinity,
    upper: Infinity,
    mean,
    variance: sd * sd,
    tailIndex: Infinity,
    density: (x) => normalDensity(score(x)) / sd,
    cdf: (x) => normalCdf(score(x)),
    survival: (x) => normalSurvival(score(x)),
    quantile: (p, tail) => mean + sd * normalQuantile(p, tail),
    limitedExpectedValue: (d) => limitedOfSymmetric(d, mean, sd, score(d), excess),
    elasticity: new SymmetricElasticity(mean, sd, Infinity),
  });
});

/** E[max(Z − z, 0)] for a standard normal Z and z >= 0. */
function excess(z: number): number {
  if (z < FRACTION_FROM) return normalDensity(z) - z * normalSurvival(z);
  // P(Z > z) = density / k with k = z + 1 / k1, k1 = z + 2 / k2, k2 = z + 3 / k3, … (DLMF 7.9.1).
  let k1 = z;
  for (let n = FRACTION_TERMS; n >= 2; n--) k1 = z + n / k1;
  return normalDensity(z) / (z * k1 + 1);
}
