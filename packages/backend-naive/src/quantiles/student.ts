import betaln from "@stdlib/math-base-special-betaln";

import { betaFraction } from "./incomplete-beta.ts";
import type { Law } from "./law.ts";
import { logConcaveTail, solveLogConcave } from "./log-concave.ts";
import type { LogConcave } from "./log-concave.ts";
import { normalDeviate } from "./normal-deviate.ts";

export function student(df: number, location: number, scale: number): Law {
  const law = logStudent(df);
  const factor = scale * Math.sqrt(df);
  const logPeak = law.logDensity(0) - Math.log(factor);
  return {
    quantile: (p, upper) => (p === 0.5 ? location : location + factor * Math.sinh(solveLogConcave(law, p, upper))),
    tail: (x, upper) => logConcaveTail(law, Math.asinh((x - location) / factor), upper),
    density: (x) => {
      const t = (x - location) / factor;
      return Math.exp(logPeak - 0.5 * (df + 1) * Math.log1p(t * t));
    },
  };
}

/**
 * The law of w = asinh(T / √df), of density cosh(w)^(−df) / B(df/2, 1/2), in which every Student law is light-tailed.
 * P(W > w) is I(df/2, 1/2) / 2 at 1 / cosh² w: W. H. Press et al., Numerical Recipes (3rd ed. 2007), 6.14.11.
 */
function logStudent(df: number): LogConcave {
  const logBeta = betaln(0.5 * df, 0.5);
  const switchAt = (df + 2) / (df + 5);
  const stretch = (8 * df + 3) / (8 * df + 1);
  const logDensity = (w: number): number => -df * logCosh(w) - logBeta;
  return {
    // D. L. Wallace, Annals of Mathematical Statistics 30 (1959) 1124-1130: √(df ln(1 + T²/df)) is almost normal.
    start: (p, upper) => {
      const z = stretch * normalDeviate(p, upper);
      const target = (0.5 * z * z) / df; // for ln cosh w
      const w = target < 20 ? Math.asinh(Math.sqrt(Math.expm1(2 * target))) : target + Math.LN2;
      return z < 0 ? -w : w;
    },
    logDensity,
    slope: (w) => -df * Math.tanh(w),
    mills: (w) => {
      const tanh = Math.tanh(Math.abs(w));
      const cosh = Math.cosh(w);
      const y = 1 / (cosh * cosh);
      const far = y < switchAt;
      const upperMills = far
        ? 0.5 * tanh * betaFraction(0.5 * df, 0.5, y)
        : 0.5 * Math.exp(-logDensity(w)) - 0.5 * tanh * betaFraction(0.5, 0.5 * df, tanh * tanh);
      return w < 0 ? -upperMills : upperMills;
    },
  };
}

/** ln cosh w, without overflow and without loss near 0. */
function logCosh(w: number): number {
  const size = Math.abs(w);
  if (size > 20) return size - Math.LN2;
  const half = Math.sinh(0.5 * size);
  return Math.log1p(2 * half * half);
}
