import { gammaP, gammaQ, gammaQuantiles } from "../../math/incomplete-gamma.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, densityAtZero } from "./numerics/continuous.ts";
import { LaurentElasticity } from "./numerics/elasticity.ts";
import { gammaDensity, gammaLowerTail, gammaUpperTail } from "./numerics/gamma-of-quotient.ts";
import { shapeParameter } from "./numerics/parameters.ts";

/**
 * The gamma law with density (x / scale)^(shape − 1) e^(−x / scale) / (scale Γ(shape)), x > 0.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 17. For tiny shapes the
 * lower quantiles underflow to 0.
 */
export const gamma = defineLaw("gamma", { shape: shapeParameter(), scale: positive() }, ({ shape, scale }) => {
  const quantile = gammaQuantiles(shape);
  return continuous({
    lower: 0,
    upper: Infinity,
    mean: shape * scale,
    variance: shape * scale * scale,
    tailIndex: Infinity,
    density: (x) => (x === 0 ? densityAtZero(shape, 1 / scale) : (shape / x) * gammaDensity(shape, x, scale)),
    cdf: (x) => gammaLowerTail(shape, x, scale),
    survival: (x) => gammaUpperTail(shape, x, scale),
    quantile: (p, tail, near = NaN) => scale * quantile(p, tail, near / scale),
    limitedExpectedValue: (d) => shape * scale * gammaP(shape + 1, d / scale) + d * gammaQ(shape, d / scale),
    elasticity: new LaurentElasticity(shape - 1, -1 / scale, 0),
  });
});
