import { exp, expm1 } from "../../math/exp.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, hazardAt } from "./numerics/continuous.ts";
import { LaurentElasticity } from "./numerics/elasticity.ts";

/**
 * The exponential law with mean `scale`: P(X > x) = e^(−x / scale), x > 0.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 19. Breaks nowhere.
 */
export const exponential = defineLaw("exponential", { scale: positive() }, ({ scale }) =>
  continuous({
    lower: 0,
    upper: Infinity,
    mean: scale,
    variance: scale * scale,
    tailIndex: Infinity,
    elasticity: new LaurentElasticity(0, -1 / scale, 0),
    density: (x) => exp(-x / scale) / scale,
    cdf: (x) => -expm1(-x / scale),
    survival: (x) => exp(-x / scale),
    quantile: (p, tail) => scale * hazardAt(p, tail),
    limitedExpectedValue: (d) => -scale * expm1(-d / scale),
  }),
);
