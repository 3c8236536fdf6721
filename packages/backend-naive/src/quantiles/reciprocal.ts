import type { Law } from "./law.ts";

/** The law of scale / Y: inverse gamma, inverse Weibull and inverse Burr, of the law of Y with scale 1. */
export function reciprocal(of: Law, scale: number): Law {
  const { quantile, tail } = of;
  return {
    quantile: (p, upper) => scale / quantile(p, !upper),
    tail: (x, upper) => (x > 0 ? tail(scale / x, !upper) : Number(upper)),
  };
}
