import { exponentialDeviate, exponentialTail } from "./exponential.ts";
import type { Law } from "./law.ts";

/**
 * Type XII: P(X > x) = (1 + (x / scale)^shape2)^(−shape1). The loglogistic law is the one of shape1 = 1, the paralogistic
 * the one of equal shapes (actuar's conventions).
 */
export function burr(shape1: number, shape2: number, scale: number): Law {
  const power = 1 / shape2;
  return {
    quantile: (p, upper) => {
      const y = exponentialDeviate(p, upper) / shape1;
      // e^y − 1 overflows from 710 on, where its root may be an ordinary number; from 40 on it is e^y to the last bit.
      return scale * (y < 40 ? Math.pow(Math.expm1(y), power) : Math.exp(y * power));
    },
    tail: (x, upper) => exponentialTail(x > 0 ? shape1 * Math.log1p(Math.pow(x / scale, shape2)) : 0, upper),
  };
}

/** P(X <= x) / P(X > x) = (x / scale)^shape. */
export function loglogistic(shape: number, scale: number): Law {
  const power = 1 / shape;
  return {
    quantile: (p, upper) => scale * Math.pow(upper ? (1 - p) / p : p / (1 - p), power),
    tail: burr(1, shape, scale).tail,
  };
}
