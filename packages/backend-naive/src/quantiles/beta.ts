import betaln from "@stdlib/math-base-special-betaln";

import { betaFraction } from "./incomplete-beta.ts";
import type { Law } from "./law.ts";
import { logConcaveTail, solveLogConcave } from "./log-concave.ts";
import type { LogConcave } from "./log-concave.ts";
import { normalDeviate } from "./normal-deviate.ts";

/** The beta law on [0, scale]. The library's betaincinv would take several times as long. */
export function beta(shape1: number, shape2: number, scale: number): Law {
  const law = logitBeta(shape1, shape2);
  return {
    quantile: (p, upper) => scale / (1 + Math.exp(-solveLogConcave(law, p, upper))),
    tail: (x, upper) => {
      const inside = Math.min(Math.max(x, 0), scale);
      return logConcaveTail(law, Math.log(inside / (scale - inside)), upper);
    },
  };
}

/** The law of w = ln(Y / (1 − Y)) for a beta Y. */
function logitBeta(a: number, b: number): LogConcave {
  const logBeta = betaln(a, b);
  const switchAt = (a + 1) / (a + b + 2);
  return {
    start: a >= 1 && b >= 1 ? fisherStart(a, b) : smallShapeStart(a, b),
    logDensity: (w) => (w < 0 ? a * w : -b * w) - (a + b) * Math.log1p(Math.exp(-Math.abs(w))) - logBeta,
    slope: (w) => a - (a + b) / (1 + Math.exp(-w)),
    mills: (w) => {
      const y = 1 / (1 + Math.exp(-w));
      return y < switchAt ? -betaFraction(a, b, y) : betaFraction(b, a, 1 / (1 + Math.exp(w)));
    },
  };
}

/** M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.5.22. */
function fisherStart(a: number, b: number): LogConcave["start"] {
  const inverseA = 1 / (2 * a - 1);
  const inverseB = 1 / (2 * b - 1);
  const h = 2 / (inverseA + inverseB);
  const logRatio = Math.log(a / b);
  return (p, upper) => {
    const z = normalDeviate(p, upper);
    const lambda = (z * z - 3) / 6;
    const w = (-z * Math.sqrt(h + lambda)) / h - (inverseB - inverseA) * (lambda + 5 / 6 - 2 / (3 * h));
    return logRatio - 2 * w;
  };
}

/** W. H. Press et al., Numerical Recipes (3rd ed. 2007), section 6.4: a power of y below, a power of 1 − y above. */
function smallShapeStart(a: number, b: number): LogConcave["start"] {
  const below = Math.pow(a / (a + b), a) / a;
  const above = Math.pow(b / (a + b), b) / b;
  const total = below + above;
  return (p, upper) => {
    const lower = upper ? 1 - p : p;
    if (lower * total < below) {
      const logY = Math.log(lower * total * a) / a;
      return logY - Math.log1p(-Math.exp(logY));
    }
    const logRest = Math.log((upper ? p : 1 - p) * total * b) / b;
    return Math.log1p(-Math.exp(logRest)) - logRest;
  };
}
