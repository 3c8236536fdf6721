import type { Tail } from "../laws/law.ts";
import { binomialDensity, binomialDeviance, binomialPeak } from "./binomial-density.ts";
import { exp } from "./exp.ts";
import { logGamma } from "./gamma.ts";
import { betaLower, hasDirectLower, lowerSlope } from "./incomplete-beta.ts";
import { log, log1p, logPair } from "./log.ts";
import { logTailRootNear } from "./log-tail-root.ts";
import type { LogTail } from "./log-tail-root.ts";
import { normalQuantile } from "./normal.ts";
import type { Pair } from "./rounding-error.ts";

/** A point of the unit interval and its complement, both accurate to their last digits. */
export interface UnitPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The x with I_x(a, b) = p ("lower") or 1 − I_x(a, b) = p ("upper"), p in [0, 1], and y = 1 − x; relative errors of both
 * about 1e-14 times the larger of 1 and their relative condition numbers. A first guess of x / y, `near`, saves time.
 */
export function betaQuantile(a: number, b: number, p: number, tail: Tail, near = NaN): UnitPoint {
  if (p > 0.5 !== (tail === "upper")) {
    const { x, y } = lowerQuantile(b, a, p > 0.5 ? 1 - p : p, 1 / near);
    return { x: y, y: x };
  }
  return lowerQuantile(a, b, p > 0.5 ? 1 - p : p, near);
}

/** For p <= 1/2, solved for the odds x / y, from which both x and y follow without cancellation. */
function lowerQuantile(a: number, b: number, p: number, near: number): UnitPoint {
  if (!(p > 0)) return p === 0 ? { x: 0, y: 1 } : { x: NaN, y: NaN };
  const target = logPair(p);
  const at = (odds: number): LogTail => lowerLogTail(a, b, unitPoint(odds), target);
  return unitPoint(logTailRootNear(near, () => startOdds(a, b, p), at));
}

function unitPoint(odds: number): UnitPoint {
  return { x: odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds), y: 1 / (1 + odds) };
}

/**
 * From I ≈ x^a / (a B(a, b)), which in odds never lies beyond the root; from 1 − I ≈ y^b / (b B(a, b)) for b < 1; else
 * the normal approximation of Abramowitz and Stegun 26.5.22, in odds.
 */
function startOdds(a: number, b: number, p: number): number {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const least = exp((log(p) + log(a) + logBeta) / a);
  if (b < 1) {
    const y = exp((log1p(-p) + log(b) + logBeta) / b);
    return a * y < 0.5 ? 1 / y : least;
  }
  return a < 1 ? least : Math.max(least, normalOdds(a, b, normalQuantile(p, "upper")));
}

function normalOdds(a: number, b: number, z: number): number {
  const inverseA = 1 / (2 * a - 1);
  const inverseB = 1 / (2 * b - 1);
  const h = 2 / (inverseA + inverseB);
  const lambda = (z * z - 3) / 6;
  const w = (z * Math.sqrt(h + lambda)) / h - (inverseB - inverseA) * (lambda + 5 / 6 - 2 / (3 * h));
  return (a / b) * exp(-2 * w);
}

function lowerLogTail(a: number, b: number, { x, y }: UnitPoint, target: Pair): LogTail {
  const scale = (a / (a + b)) * b;
  if (!hasDirectLower(a, b, x, y)) {
    const tail = betaLower(a, b, x, y);
    const slope = (scale * binomialDensity(a, b, x, y)) / tail;
    return { excess: log(tail) - target.high - target.low, slope, bend: a * y - b * x - slope };
  }
  const slope = lowerSlope(a, b, x, y);
  const deviance = binomialDeviance(a, b, x, y);
  const factor = log((binomialPeak(a, b) * scale) / slope);
  const excess = factor - (deviance.high + target.high) - (deviance.low + target.low);
  return { excess, slope, bend: a * y - b * x - slope };
}
