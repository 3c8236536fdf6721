import { exp, expm1 } from "../../math/exp.ts";
import { gammaFunction } from "../../math/gamma.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, hazardAt, opposite } from "./numerics/continuous.ts";
import { logGammaCurvature } from "./numerics/gamma-ratio.ts";
import { gammaIntegralBelow1, scaledUpperGamma } from "./numerics/incomplete-gamma-integral.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { logRatio, powerOfRatio, scaledRoot } from "./numerics/scaled-power.ts";
import { varianceOf } from "./numerics/variance.ts";

/**
 * The inverse Weibull (Fréchet) law: P(X <= x) = e^(−t) with t = (scale / x)^shape, x > 0; 1 / X is Weibull.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.3.2; actuar's invweibull. The mean is infinite for shape <= 1, the
 * variance for shape <= 2. Breaks nowhere.
 */
export const inverseWeibull = defineLaw(
  "inverseWeibull",
  { shape: shapeParameter(), scale: positive() },
  ({ shape, scale }) => {
    const h = 1 / shape;
    const mean = shape > 1 ? scale * gammaFunction((shape - 1) / shape) : Infinity;
    /** E[X; X <= x] at t = (scale / x)^shape >= 1: scale · Γ(1 − h, t), with scale · t^−h = x taken out. */
    const partialMean = (x: number, t: number): number => x * t * exp(-t) * scaledUpperGamma(1 - h, t);
    return continuous({
      lower: 0,
      upper: Infinity,
      mean,
      variance: varianceOf(mean, shape > 2 ? logGammaCurvature((shape - 2) / shape, h) : Infinity),
      tailIndex: shape,
      density: (x) => {
        const t = powerOfRatio(x, scale, -shape);
        return t < 800 ? (shape / x) * t * exp(-t) : 0;
      },
      cdf: (x) => exp(-powerOfRatio(x, scale, -shape)),
      survival: (x) => -expm1(-powerOfRatio(x, scale, -shape)),
      quantile: (p, tail) => scaledRoot(scale, hazardAt(p, opposite(tail)), -shape),
      limitedExpectedValue: (d) => {
        const t = powerOfRatio(d, scale, -shape);
        if (t > 800) return d;
        if (t >= 1) return partialMean(d, t) - d * expm1(-t);
        const length = shape * logRatio(d, scale).high;
        return partialMean(scale, 1) + scale * gammaIntegralBelow1(1 - h, length) - d * expm1(-t);
      },
    });
  },
);
