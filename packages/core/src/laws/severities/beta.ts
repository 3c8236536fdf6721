import { binomialDensity } from "../../math/binomial-density.ts";
import { betaQuantile } from "../../math/beta-quantile.ts";
import { betaLower, betaUpper } from "../../math/incomplete-beta.ts";
import { sumError } from "../../math/rounding-error.ts";
import { defineLaw, positive } from "../define-law.ts";
import { continuous, densityAtZero } from "./numerics/continuous.ts";
import { RationalElasticity } from "./numerics/elasticity.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { quotientError } from "./numerics/quotient-error.ts";

/**
 * The beta law on [0, scale]: X / scale has the density y^(shape1 − 1) (1 − y)^(shape2 − 1) / B(shape1, shape2).
 *
 * Source: Johnson, Kotz and Balakrishnan 1995, Continuous univariate distributions 2, chapter 25. Breaks nowhere.
 */
export const beta = defineLaw(
  "beta",
  { shape1: shapeParameter(), shape2: shapeParameter(), scale: positive() },
  ({ shape1: a, shape2: b, scale }) => {
    const mean = scale * (a / (a + b));
    /** x / scale and its complement; `error` is what rounding took from the smaller of them, as a shift of the first. */
    const at = (x: number) => {
      const v = x / scale;
      const left = scale - x;
      const w = left / scale;
      const leftError = sumError(scale, -x, left) / left + quotientError(left, scale, w);
      return { v, w, error: v <= w ? v * quotientError(x, scale, v) : -w * leftError };
    };
    const unitDensity = (v: number, w: number): number => ((a / (a + b)) * b * binomialDensity(a, b, v, w)) / (v * w);
    return continuous({
      lower: 0,
      upper: scale,
      mean,
      variance: (mean * (scale * (b / (a + b)))) / (a + b + 1),
      tailIndex: Infinity,
      density: (x) => {
        if (x === 0) return densityAtZero(a, b / scale);
        if (x === scale) return densityAtZero(b, a / scale);
        const { v, w, error } = at(x);
        return (unitDensity(v, w) * (1 + error * ((a - 1) / v - (b - 1) / w))) / scale;
      },
      cdf: (x) => {
        const { v, w, error } = at(x);
        return betaLower(a, b, v, w) + error * unitDensity(v, w);
      },
      survival: (x) => {
        const { v, w, error } = at(x);
        return betaUpper(a, b, v, w) - error * unitDensity(v, w);
      },
      quantile: (p, tail, near = NaN) => scale * betaQuantile(a, b, p, tail, near / (scale - near)).x,
      limitedExpectedValue: (d) => {
        const { v, w } = at(d);
        return mean * betaLower(a + 1, b, v, w) + d * betaUpper(a, b, v, w);
      },
      elasticity: new RationalElasticity(a - 1, b - 1, scale, -1),
    });
  },
);
