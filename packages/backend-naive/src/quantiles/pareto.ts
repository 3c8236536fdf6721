import { exponentialDeviate, exponentialTail } from "./exponential.ts";
import type { Law } from "./law.ts";

/** Type II (Lomax): P(X > x) = (scale / (x + scale))^shape. */
export function pareto(shape: number, scale: number): Law {
  return {
    quantile: (p, upper) => scale * Math.expm1(exponentialDeviate(p, upper) / shape),
    tail: (x, upper) => exponentialTail(x > 0 ? shape * Math.log1p(x / scale) : 0, upper),
  };
}

/** P(X > x) = (min / x)^shape for x > min. */
export function singleParameterPareto(shape: number, min: number): Law {
  return {
    quantile: (p, upper) => min * Math.exp(exponentialDeviate(p, upper) / shape),
    tail: (x, upper) => exponentialTail(x > min ? shape * Math.log(x / min) : 0, upper),
  };
}

/** P(X > x) = (1 + shape (x − location) / scale)^(−1 / shape), of any sign of shape; exponential where shape is 0. */
export function generalizedPareto(shape: number, scale: number, location: number): Law {
  const end = shape < 0 ? location - scale / shape : Infinity;
  const hazard = (x: number): number => {
    const y = (x - location) / scale;
    if (!(y > 0)) return 0;
    if (x >= end) return Infinity;
    return shape === 0 ? y : Math.log1p(shape * y) / shape;
  };
  return {
    quantile: (p, upper) => {
      const y = exponentialDeviate(p, upper);
      const bend = shape * y;
      // e^bend − 1 for a bend near 0, and for none.
      return location + scale * (Math.abs(bend) < 1e-8 ? y * (1 + 0.5 * bend) : Math.expm1(bend) / shape);
    },
    tail: (x, upper) => exponentialTail(hazard(x), upper),
    density: (x) => Math.exp(-(1 + shape) * hazard(x)) / scale,
  };
}
