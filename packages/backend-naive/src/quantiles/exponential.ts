import type { Law } from "./law.ts";

/**
 * The quantile of the exponential law of mean 1, −ln P(X > x): what every law with a closed form is a function of.
 * From the lower tail it is −ln(1 − p) without rounding 1 − p.
 */
export function exponentialDeviate(p: number, upper: boolean): number {
  return upper ? -Math.log(p) : -Math.log1p(-p);
}

/** P(X <= x) or P(X > x) of the exponential law of mean 1; x is taken as 0 where it is below. */
export function exponentialTail(x: number, upper: boolean): number {
  if (!(x > 0)) return upper ? 1 : 0;
  return upper ? Math.exp(-x) : -Math.expm1(-x);
}

export function exponential(scale: number): Law {
  return {
    quantile: (p, upper) => scale * exponentialDeviate(p, upper),
    tail: (x, upper) => exponentialTail(x / scale, upper),
  };
}

/** P(X > x) = exp(−(x / scale)^shape). */
export function weibull(shape: number, scale: number): Law {
  const power = 1 / shape;
  return {
    quantile: (p, upper) => scale * Math.pow(exponentialDeviate(p, upper), power),
    tail: (x, upper) => exponentialTail(x > 0 ? Math.pow(x / scale, shape) : 0, upper),
  };
}
