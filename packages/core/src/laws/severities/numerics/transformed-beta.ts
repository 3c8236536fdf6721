import { exp } from "../../../math/exp.ts";
import { log, log1p } from "../../../math/log.ts";
import { betaIntegralBeyond, betaIntegralStart, scaledLowerBeta } from "./incomplete-beta-integral.ts";
import { logRatio, powerOfRatio, scaledRoot } from "./scaled-power.ts";

/**
 * A law of scale · Y^(1 / shape2) with Y beta prime: Burr and inverse Burr, and what they contain (Klugman, Panjer and
 * Willmot, Loss models, A.2.1).
 */
export interface TransformedBeta {
  readonly shape2: number;
  readonly scale: number;
  /** The beta shapes of Y, the first 1 / shape2 larger, the second 1 / shape2 smaller: those of its partial mean. */
  readonly a: number;
  readonly b: number;
  readonly mean: number;
  density(x: number): number;
  survival(x: number): number;
}

/**
 * E[min(X, d)] = E[X; X <= d] + d P(X > d) for a positive, finite d. The partial mean is an incomplete beta integral
 * whose leading factor is d² density(d) / shape2; so nothing overflows, and b may be negative (an infinite mean).
 */
export function transformedBetaLimited(law: TransformedBeta, d: number): number {
  const { a, b, shape2, scale, mean } = law;
  const y = powerOfRatio(d, scale, shape2);
  const rest = d * law.survival(d);
  if (b >= 1 && y * (b + 1) > a + 1) return mean - (leadingFactor(law, d) * scaledLowerBeta(b, a, 1 / y) - rest);
  const start = betaIntegralStart(a, b);
  if (b >= 1 || y <= start) return leadingFactor(law, d) * scaledLowerBeta(a, b, y) + rest;
  const length = shape2 * logRatio(d, scale).high - log(start);
  const beyond = exp((a + b) * log1p(1 / start)) * betaIntegralBeyond(a, b, start, length);
  return leadingFactor(law, scaledRoot(scale, start, shape2)) * (scaledLowerBeta(a, b, start) + beyond) + rest;
}

function leadingFactor(law: TransformedBeta, x: number): number {
  return x * ((x / law.shape2) * law.density(x));
}
