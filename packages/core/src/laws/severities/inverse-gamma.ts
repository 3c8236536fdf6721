import { gammaFunction } from "../../math/gamma.ts";
import { gammaQ, gammaQuantiles } from "../../math/incomplete-gamma.ts";
import { log } from "../../math/log.ts";
import { poissonDensity } from "../../math/poisson-density.ts";
import { defineLaw, positive } from "../define-law.ts";
import type { Tail } from "../law.ts";
import { continuous, opposite } from "./numerics/continuous.ts";
import { LaurentElasticity } from "./numerics/elasticity.ts";
import { gammaDensity, gammaLowerTail, gammaUpperTail } from "./numerics/gamma-of-quotient.ts";
import { gammaIntegralBelow1, scaledUpperGamma } from "./numerics/incomplete-gamma-integral.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { scaledRoot } from "./numerics/scaled-power.ts";

/** Below this a gamma quantile is subnormal, or nearly so, and its reciprocal inaccurate. */
const TINY = 1e-290;

/**
 * The inverse gamma law: scale / X is gamma with `shape` and scale 1.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.3.2.2; actuar's invgamma. The mean is infinite for shape <= 1, the
 * variance for shape <= 2. For tiny shapes the upper quantiles overflow to Infinity.
 */
export const inverseGamma = defineLaw(
  "inverseGamma",
  { shape: shapeParameter(), scale: positive() },
  ({ shape, scale }) => {
    const mean = shape > 1 ? scale / (shape - 1) : Infinity;
    const ofGamma = gammaQuantiles(shape);
    const quantile = (p: number, tail: Tail, near = NaN): number => {
      const t = ofGamma(p, opposite(tail), scale / near);
      // There P(shape, t) = t^shape / Γ(shape + 1).
      return t > TINY ? scale / t : scaledRoot(scale, p * gammaFunction(shape + 1), -shape);
    };
    /** E[X; X <= x] at t = scale / x >= 1: scale · Γ(shape − 1, t) / Γ(shape). */
    const partialMean = (x: number, t: number): number =>
      x * shape * poissonDensity(shape, t) * scaledUpperGamma(shape - 1, t);
    /** E[X; X <= x] at t = scale / x. */
    const below = (x: number, t: number): number => {
      if (shape >= 2) return mean * gammaQ(shape - 1, t);
      if (t >= 1) return partialMean(x, t);
      return partialMean(scale, 1) + (scale / gammaFunction(shape)) * gammaIntegralBelow1(shape - 1, -log(t));
    };
    return continuous({
      lower: 0,
      upper: Infinity,
      mean,
      variance: shape > 2 ? (mean * mean) / (shape - 2) : Infinity,
      tailIndex: shape,
      density: (x) => (x === 0 ? 0 : (shape / x) * gammaDensity(shape, scale, x)),
      cdf: (x) => gammaUpperTail(shape, scale, x),
      survival: (x) => gammaLowerTail(shape, scale, x),
      quantile,
      limitedExpectedValue: (d) => below(d, scale / d) + d * gammaLowerTail(shape, scale, d),
      elasticity: new LaurentElasticity(-shape - 1, 0, scale),
    });
  },
);
