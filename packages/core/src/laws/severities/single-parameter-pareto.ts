import { exp, expm1 } from "../../math/exp.ts";
import { log, log1p } from "../../math/log.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, hazardAt } from "./numerics/continuous.ts";
import { exponentialIntegral } from "./numerics/exponential-quotient.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { LaurentElasticity } from "./numerics/elasticity.ts";

/**
 * The single-parameter (European, type I) Pareto law: P(X > x) = (min / x)^shape, x > min.
 *
 * Source: Arnold 1983, Pareto distributions, section 1.2; Klugman, Panjer and Willmot, Loss models, A.4.1.4. The mean is
 * infinite for shape <= 1, the variance for shape <= 2. Breaks nowhere.
 */
export const singleParameterPareto = defineLaw(
  "singleParameterPareto",
  { shape: shapeParameter(), min: positive() },
  ({ shape, min }) => {
    const mean = shape > 1 ? min * (shape / (shape - 1)) : Infinity;
    /** log(x / min), accurate near min, where x − min is exact. */
    const logExcess = (x: number): number => (x < 2 * min ? log1p((x - min) / min) : log(x / min));
    return continuous({
      lower: min,
      upper: Infinity,
      mean,
      variance: shape > 2 ? ((min / (shape - 1)) * (min / (shape - 1)) * shape) / (shape - 2) : Infinity,
      tailIndex: shape,
      elasticity: new LaurentElasticity(-shape - 1, 0, 0),
      density: (x) => (shape / x) * exp(-shape * logExcess(x)),
      cdf: (x) => -expm1(-shape * logExcess(x)),
      survival: (x) => exp(-shape * logExcess(x)),
      quantile: (p, tail) => min * exp(hazardAt(p, tail) / shape),
      limitedExpectedValue: (d) => min + min * exponentialIntegral(1 - shape, logExcess(d)),
    });
  },
);
