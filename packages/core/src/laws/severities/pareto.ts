import { exp, expm1 } from "../../math/exp.ts";
import { log1p } from "../../math/log.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, hazardAt } from "./numerics/continuous.ts";
import { exponentialIntegral } from "./numerics/exponential-quotient.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { RationalElasticity } from "./numerics/elasticity.ts";

/**
 * The Pareto law of type II (Lomax): P(X > x) = (scale / (x + scale))^shape, x > 0.
 *
 * Source: Arnold 1983, Pareto distributions, section 1.2; Klugman, Panjer and Willmot, Loss models, A.2.3.1. The mean is
 * infinite for shape <= 1, the variance for shape <= 2. Breaks nowhere.
 */
export const pareto = defineLaw("pareto", { shape: shapeParameter(), scale: positive() }, ({ shape, scale }) => {
  const mean = shape > 1 ? scale / (shape - 1) : Infinity;
  /** The cumulative hazard. */
  const hazard = (x: number): number => shape * log1p(x / scale);
  return continuous({
    lower: 0,
    upper: Infinity,
    mean,
    variance: shape > 2 ? mean * mean * (shape / (shape - 2)) : Infinity,
    tailIndex: shape,
    elasticity: new RationalElasticity(0, shape + 1, scale, 1),
    density: (x) => (shape / (x + scale)) * exp(-hazard(x)),
    cdf: (x) => -expm1(-hazard(x)),
    survival: (x) => exp(-hazard(x)),
    quantile: (p, tail) => scale * expm1(hazardAt(p, tail) / shape),
    // The integral of the survival over t = log(1 + x / scale), without a pole at shape 1.
    limitedExpectedValue: (d) => scale * exponentialIntegral(1 - shape, log1p(d / scale)),
  });
});
