import { exp, expm1 } from "../../math/exp.ts";
import { gammaFunction, logGamma } from "../../math/gamma.ts";
import { productError } from "../../math/rounding-error.ts";
import { defineLaw, positive } from "../define-law.ts";
import type { Severity } from "../law.ts";
import { continuous, densityAtZero, hazardAt } from "./numerics/continuous.ts";
import { gammaRatio, logGammaCurvature } from "./numerics/gamma-ratio.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { log1pPower, scaledExponential, scaledRoot } from "./numerics/scaled-power.ts";
import { transformedBetaLimited } from "./numerics/transformed-beta.ts";
import { varianceOf } from "./numerics/variance.ts";

/**
 * The Burr law (type XII, Singh–Maddala): P(X > x) = (1 + (x / scale)^shape2)^−shape1, x > 0.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.2.2.1; actuar's burr. The mean is infinite for
 * shape1 · shape2 <= 1, the variance for shape1 · shape2 <= 2. Breaks nowhere.
 */
export const burr = defineLaw(
  "burr",
  { shape1: shapeParameter(), shape2: shapeParameter(), scale: positive() },
  ({ shape1, shape2, scale }) => burrSeverity(shape1, shape2, scale),
);

export function burrSeverity(shape1: number, shape2: number, scale: number): Severity {
  const h = 1 / shape2;
  const tailIndex = shape1 * shape2;
  // shape1 − k / shape2 with the rounding error of the product, which matters where a moment is barely finite.
  const error = productError(shape1, shape2, tailIndex);
  const b = (tailIndex - 1 + error) / shape2;
  const mean = b > 0 ? scale * meanOfUnit(shape1, h, b) : Infinity;
  const second = (tailIndex - 2 + error) / shape2;
  const curvature = second > 0 ? logGammaCurvature(1, h) + logGammaCurvature(second, h) : Infinity;
  const hazard = (x: number): number => shape1 * log1pPower(x, scale, shape2);
  const survival = (x: number): number => exp(-hazard(x));
  const density = (x: number): number => {
    if (x === 0) return densityAtZero(shape2, shape1 / scale);
    return ((shape1 * shape2) / x) * exp(-log1pPower(x, scale, -shape2) - hazard(x));
  };
  const limited = { shape2, scale, a: 1 + h, b, mean, density, survival };
  return continuous({
    lower: 0,
    upper: Infinity,
    mean,
    variance: varianceOf(mean, curvature),
    tailIndex,
    density,
    cdf: (x) => -expm1(-hazard(x)),
    survival,
    quantile: (p, tail) => rootOfExpm1(scale, hazardAt(p, tail) / shape1, shape2),
    limitedExpectedValue: (d) => transformedBetaLimited(limited, d),
  });
}

/** Γ(1 + h) Γ(b) / Γ(shape1) with b = shape1 − h. */
function meanOfUnit(shape1: number, h: number, b: number): number {
  if (h > 100) return exp(logGamma(1 + h) + logGamma(b) - logGamma(shape1));
  // b knows shape1 − h better than the difference does; a ratio of large arguments does not mind.
  return gammaFunction(1 + h) * (b < 1 ? gammaFunction(b) / gammaFunction(shape1) : gammaRatio(shape1, -h));
}

/** scale · (e^t − 1)^(1 / shape) for t > 0 and any shape but 0. */
export function rootOfExpm1(scale: number, t: number, shape: number): number {
  return t > 40 ? scaledExponential(scale, t, 0, shape) : scaledRoot(scale, expm1(t), shape);
}
