import { exp, expm1 } from "../../math/exp.ts";
import { gammaFunction } from "../../math/gamma.ts";
import { defineLaw, positive } from "../define-law.ts";
import { rootOfExpm1 } from "./burr.ts";
import { continuous, densityAtZero, hazardAt, opposite } from "./numerics/continuous.ts";
import { gammaRatio, logGammaCurvature } from "./numerics/gamma-ratio.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { log1pPower } from "./numerics/scaled-power.ts";
import { transformedBetaLimited } from "./numerics/transformed-beta.ts";
import { varianceOf } from "./numerics/variance.ts";

/**
 * The inverse Burr law (Dagum): P(X <= x) = (1 + (x / scale)^−shape2)^−shape1, x > 0; 1 / X is Burr.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.2.2.2; actuar's invburr. The mean is infinite for shape2 <= 1, the
 * variance for shape2 <= 2. Breaks nowhere.
 */
export const inverseBurr = defineLaw(
  "inverseBurr",
  { shape1: shapeParameter(), shape2: shapeParameter(), scale: positive() },
  ({ shape1, shape2, scale }) => {
    const h = 1 / shape2;
    const b = (shape2 - 1) / shape2;
    const mean = b > 0 ? scale * gammaRatio(shape1, h) * gammaFunction(b) : Infinity;
    const curvature =
      shape2 > 2 ? logGammaCurvature(shape1, h) + logGammaCurvature((shape2 - 2) / shape2, h) : Infinity;
    /** −log P(X <= x). */
    const fall = (x: number): number => shape1 * log1pPower(x, scale, -shape2);
    const survival = (x: number): number => -expm1(-fall(x));
    const density = (x: number): number => {
      if (x === 0) return densityAtZero(shape1 * shape2, 1 / scale);
      return ((shape1 * shape2) / x) * exp(-log1pPower(x, scale, shape2) - fall(x));
    };
    const limited = { shape2, scale, a: shape1 + h, b, mean, density, survival };
    return continuous({
      lower: 0,
      upper: Infinity,
      mean,
      variance: varianceOf(mean, curvature),
      tailIndex: shape2,
      density,
      cdf: (x) => exp(-fall(x)),
      survival,
      quantile: (p, tail) => rootOfExpm1(scale, hazardAt(p, opposite(tail)) / shape1, -shape2),
      limitedExpectedValue: (d) => transformedBetaLimited(limited, d),
    });
  },
);
