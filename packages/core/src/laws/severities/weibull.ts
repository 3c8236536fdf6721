import { exp, expm1 } from "../../math/exp.ts";
import { gammaFunction } from "../../math/gamma.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, densityAtZero, hazardAt } from "./numerics/continuous.ts";
import { logGammaCurvature } from "./numerics/gamma-ratio.ts";
import { scaledLowerGamma, scaledUpperGamma } from "./numerics/incomplete-gamma-integral.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { powerOfRatio, scaledRoot } from "./numerics/scaled-power.ts";
import { varianceOf } from "./numerics/variance.ts";

/**
 * The Weibull law: P(X > x) = e^(−t) with t = (x / scale)^shape, x > 0.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 21. The mean overflows for
 * shapes below 0.006 and the variance below 0.012: there they are Infinity though they exist.
 */
export const weibull = defineLaw("weibull", { shape: shapeParameter(), scale: positive() }, ({ shape, scale }) => {
  const h = 1 / shape;
  const mean = scale * gammaFunction(1 + h);
  return continuous({
    lower: 0,
    upper: Infinity,
    mean,
    variance: varianceOf(mean, logGammaCurvature(1, h)),
    tailIndex: Infinity,
    density: (x) => {
      if (x === 0) return densityAtZero(shape, 1 / scale);
      const t = powerOfRatio(x, scale, shape);
      return t < Infinity ? (shape / x) * t * exp(-t) : 0;
    },
    cdf: (x) => -expm1(-powerOfRatio(x, scale, shape)),
    survival: (x) => exp(-powerOfRatio(x, scale, shape)),
    quantile: (p, tail) => scaledRoot(scale, hazardAt(p, tail), shape),
    limitedExpectedValue: (d) => {
      const t = powerOfRatio(d, scale, shape);
      const survival = exp(-t);
      // E[X; X <= d] = scale · γ(1 + h, t) and E[X; X > d] = scale · Γ(1 + h, t), with scale · t^h = d taken out.
      if (t < 1 + h) return d * survival * (1 + t * scaledLowerGamma(1 + h, t));
      return survival > 0 ? mean - d * survival * (t * scaledUpperGamma(1 + h, t) - 1) : mean;
    },
  });
});
