import erfc from "@stdlib/math-base-special-erfc";

import type { Law } from "./law.ts";
import { normalDeviate } from "./normal-deviate.ts";

/** P(Z <= z) or P(Z > z) of the standard normal law. */
function normalTail(z: number, upper: boolean): number {
  return 0.5 * erfc(upper ? z * Math.SQRT1_2 : -z * Math.SQRT1_2);
}

export function normal(mean: number, sd: number): Law {
  const peak = 1 / (sd * Math.sqrt(2 * Math.PI));
  return {
    quantile: (p, upper) => mean + sd * normalDeviate(p, upper),
    tail: (x, upper) => normalTail((x - mean) / sd, upper),
    density: (x) => {
      const z = (x - mean) / sd;
      return peak * Math.exp(-0.5 * z * z);
    },
  };
}

export function lognormal(meanlog: number, sdlog: number): Law {
  return {
    quantile: (p, upper) => Math.exp(meanlog + sdlog * normalDeviate(p, upper)),
    tail: (x, upper) => normalTail(x > 0 ? (Math.log(x) - meanlog) / sdlog : -Infinity, upper),
  };
}
