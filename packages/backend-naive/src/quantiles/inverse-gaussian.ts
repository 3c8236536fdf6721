import erfcx from "@stdlib/math-base-special-erfcx";

import type { Law } from "./law.ts";
import { logConcaveTail, solveLogConcave } from "./log-concave.ts";
import type { LogConcave } from "./log-concave.ts";
import { normalDeviate } from "./normal-deviate.ts";

const SQRT_PI = Math.sqrt(Math.PI);

export function inverseGaussian(mean: number, shape: number): Law {
  const law = logInverseGaussian(shape / mean);
  return {
    quantile: (p, upper) => mean * Math.exp(solveLogConcave(law, p, upper)),
    tail: (x, upper) => logConcaveTail(law, Math.log(Math.max(x, 0) / mean), upper),
  };
}

/**
 * The law of w = ln(X / mean), which depends on κ = shape / mean only. With α = √(2κ) sinh(w/2) and β = √(2κ) cosh(w/2)
 * its density is √(κ / 2π) e^(−w/2 − α²), and the classical sums of two normal tails (J. Shuster, JASA 63 (1968)
 * 1514-1516) are ½ e^(−α²) (erfcx(−α) + erfcx(β)) and ½ e^(−α²) (erfcx(α) − erfcx(β)).
 */
function logInverseGaussian(kappa: number): LogConcave {
  const root = Math.sqrt(2 * kappa);
  const logKappa = Math.log(kappa);
  const constant = 0.5 * (logKappa - Math.log(2 * Math.PI));
  return {
    // Two upper bounds: the quantile of the Birnbaum–Saunders law, P(X <= x) = Φ(√2 α), which has the same tails but for
    // a factor, and that of Lévy's law, the limit of an infinite mean.
    start: (p, upper) => {
      const birnbaumSaunders = 2 * Math.asinh((normalDeviate(p, upper) * Math.SQRT1_2) / root);
      const levy = logKappa - 2 * Math.log(normalDeviate(0.5 * (upper ? 1 - p : p), true));
      return Math.min(birnbaumSaunders, levy);
    },
    logDensity: (w) => {
      const alpha = root * Math.sinh(0.5 * w);
      return constant - 0.5 * w - alpha * alpha;
    },
    slope: (w) => -0.5 - kappa * Math.sinh(w),
    mills: (w) => {
      const grow = Math.exp(0.5 * w);
      const middle = 0.5 * root * grow;
      const half = (0.5 * root) / grow;
      const alpha = middle - half;
      const factor = (SQRT_PI * grow) / root;
      if (alpha < -0.5) return -factor * (erfcx(-alpha) + erfcx(middle + half));
      return factor * erfcxFall(middle, half);
    },
  };
}

/** erfcx(m − h) − erfcx(m + h): where h is small, by its Taylor series, since the difference would lose its digits. */
function erfcxFall(m: number, h: number): number {
  if (h * (1 + m) > 0.03) return erfcx(m - h) - erfcx(m + h);
  // y = erfcx(m) obeys y' = 2 m y − 2/√π, hence y⁽ⁿ⁺¹⁾ = 2 m y⁽ⁿ⁾ + 2 n y⁽ⁿ⁻¹⁾.
  const y = erfcx(m);
  const y1 = 2 * m * y - 2 / SQRT_PI;
  const y2 = 2 * m * y1 + 2 * y;
  const y3 = 2 * m * y2 + 4 * y1;
  const y4 = 2 * m * y3 + 6 * y2;
  const y5 = 2 * m * y4 + 8 * y3;
  const y6 = 2 * m * y5 + 10 * y4;
  const y7 = 2 * m * y6 + 12 * y5;
  const square = h * h;
  return -2 * h * (y1 + (square / 6) * (y3 + (square / 20) * (y5 + (square / 42) * y7)));
}
