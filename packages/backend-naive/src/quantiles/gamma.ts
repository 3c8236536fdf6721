import gammaln from "@stdlib/math-base-special-gammaln";

import { gammaFraction, gammaSeries } from "./incomplete-gamma.ts";
import type { Law } from "./law.ts";
import { logConcaveTail, solveLogConcave } from "./log-concave.ts";
import type { LogConcave } from "./log-concave.ts";
import { logScaledGamma } from "./log-gamma.ts";
import { normalDeviate } from "./normal-deviate.ts";

/**
 * The library's gammaincinv would take two to five times as long, and is wrong from shape 1,000 on: hence Newton on the
 * textbook's own incomplete gamma function.
 */
export function gamma(shape: number, scale: number): Law {
  const law = logGamma(shape);
  const factor = shape * scale;
  return {
    quantile: (p, upper) => factor * Math.exp(solveLogConcave(law, p, upper)),
    tail: (x, upper) => logConcaveTail(law, Math.log(Math.max(x, 0) / factor), upper),
  };
}

/** The law of w = ln(X / shape) for a gamma X of scale 1. */
function logGamma(shape: number): LogConcave {
  const constant = -logScaledGamma(shape);
  return {
    start: shape < 1 ? smallShapeStart(shape) : wilsonHilferty(shape),
    logDensity: (w) => shape * (w - Math.expm1(w)) + constant,
    slope: (w) => -shape * Math.expm1(w),
    mills: (w) => {
      const x = shape * Math.exp(w);
      return x < shape + 1 ? -gammaSeries(shape, x) : gammaFraction(shape, x);
    },
  };
}

/**
 * M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.4.17; where that runs into 0, the first two
 * terms of the lower tail.
 */
function wilsonHilferty(shape: number): LogConcave["start"] {
  const variance = 1 / (9 * shape);
  const sd = Math.sqrt(variance);
  const logGamma1 = gammaln(shape + 1);
  const logShape = Math.log(shape);
  return (p, upper) => {
    const root = 1 - variance + sd * normalDeviate(p, upper);
    if (root > 0.4) return 3 * Math.log(root);
    const logX = (Math.log(p) + logGamma1) / shape;
    return logX + Math.exp(logX) / (shape + 1) - logShape;
  };
}

/** W. H. Press et al., Numerical Recipes (3rd ed. 2007), section 6.2.1: a power below 1, an exponential above. */
function smallShapeStart(shape: number): LogConcave["start"] {
  const above = shape * (0.253 + shape * 0.12);
  const logBelow = Math.log1p(-above);
  const logShape = Math.log(shape);
  return (p, upper) => {
    if (!upper || p > above) return ((upper ? Math.log1p(-p) : Math.log(p)) - logBelow) / shape - logShape;
    return Math.log(1 - Math.log(p / above)) - logShape;
  };
}
