import { exp, expm1 } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { productError, sumError } from "../../math/rounding-error.ts";
import { defineLaw, positive, real } from "../define-law.ts";
import { continuous, hazardAt } from "./numerics/continuous.ts";
import { exponentialIntegral, log1pQuotient } from "./numerics/exponential-quotient.ts";

/**
 * The generalized Pareto law of extreme value theory: P(X > x) = (1 + shape · y)^(−1 / shape) with
 * y = (x − location) / scale > 0, e^−y for shape 0. A negative shape ends at location − scale / shape. (The generalized
 * Pareto law of actuar and Klugman is another one.)
 *
 * Source: Coles 2001, An introduction to statistical modeling of extreme values, section 4.2. Everything is written in
 * the cumulative hazard h = log(1 + shape · y) / shape, so that shapes near 0 of either sign lose nothing. The mean is
 * infinite for shape >= 1, the variance for shape >= 1/2. Breaks nowhere.
 */
export const generalizedPareto = defineLaw(
  "generalizedPareto",
  { shape: real(), scale: positive(), location: real() },
  ({ shape, scale, location }) => {
    const hazard = (x: number): number => {
      const distance = x - location;
      const y = distance / scale;
      const t = shape * y;
      if (t > -0.5) return y * log1pQuotient(t);
      // Near the upper end 1 + t nearly vanishes: scale + shape · (x − location), with all its rounding errors.
      const product = shape * distance;
      const left = scale + product;
      const errors = shape * sumError(x, -location, distance) + productError(shape, distance, product);
      return log(Math.max(left + (errors + sumError(scale, product, left)), 0) / scale) / shape;
    };
    const excess = scale / (1 - shape);
    return continuous({
      lower: location,
      upper: shape < 0 ? location - scale / shape : Infinity,
      mean: shape < 1 ? location + excess : Infinity,
      variance: shape < 0.5 ? (excess * excess) / (1 - 2 * shape) : Infinity,
      tailIndex: shape > 0 ? 1 / shape : Infinity,
      density: (x) => (shape === -1 ? 1 : exp(-(1 + shape) * hazard(x))) / scale,
      cdf: (x) => -expm1(-hazard(x)),
      survival: (x) => exp(-hazard(x)),
      quantile: (p, tail) => location + scale * exponentialIntegral(shape, hazardAt(p, tail)),
      limitedExpectedValue: (d) => location + scale * exponentialIntegral(shape - 1, hazard(d)),
    });
  },
);
