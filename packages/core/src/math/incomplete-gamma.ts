import type { Tail } from "../laws/law.ts";
import { exp, expPair, expm1 } from "./exp.ts";
import { logGamma, logGamma1p } from "./gamma.ts";
import { log, log1p, logPair } from "./log.ts";
import { logTailRootNear } from "./log-tail-root.ts";
import type { LogTail } from "./log-tail-root.ts";
import { normalQuantile } from "./normal.ts";
import { poissonDensity, poissonDeviance, poissonPeak } from "./poisson-density.ts";
import type { Pair } from "./rounding-error.ts";

/** Terms smaller than this part of their sum are left out. */
const NEGLIGIBLE = 1e-17;
/** From this shape on, the terms of the descending series fall below 1e-17 before they change sign. */
const DESCENDING_FROM = 60;

/**
 * P(a, x) = γ(a, x) / Γ(a), the probability that a gamma variable of shape a and scale 1 is at most x. Each of P and Q
 * has a relative error below 1e-13 where it is the smaller one, for shapes from 1e-3 to 1e7; O(√a) operations near x = a.
 */
export function gammaP(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 0 : NaN;
  return hasLowerSeries(a, x) ? poissonDensity(a, x) * lowerRatio(a, x) : 1 - gammaQ(a, x);
}

/** Q(a, x) = Γ(a, x) / Γ(a) = 1 − P(a, x). */
export function gammaQ(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : NaN;
  if (hasSmallShape(a, x)) return smallShapeQ(a, x);
  return x >= a ? poissonDensity(a, x) * upperRatio(a, x) : 1 - gammaP(a, x);
}

/** Where 1 − P would cancel, although x may be far beyond the median. */
function hasSmallShape(a: number, x: number): boolean {
  return a < 1 && x < 1;
}

function hasLowerSeries(a: number, x: number): boolean {
  return x < a || hasSmallShape(a, x);
}

/** P over the Poisson density: 1 + x/(a+1) + x²/((a+1)(a+2)) + … (DLMF 8.11.4); all terms are positive. */
function lowerRatio(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > NEGLIGIBLE * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Q over the Poisson density, for x >= a. */
function upperRatio(a: number, x: number): number {
  return a < DESCENDING_FROM ? a / legendreFraction(a, x) : descendingSeries(a, x);
}

/** a/x + a(a−1)/x² + … (DLMF 8.11.2): positive terms down to nothing for large a. */
function descendingSeries(a: number, x: number): number {
  let term = a / x;
  let sum = term;
  for (let n = 1; term > NEGLIGIBLE * sum; n++) {
    term *= (a - n) / x;
    sum += term;
  }
  return sum;
}

/**
 * x + 1 − a − 1(1−a)/(x + 3 − a − 2(2−a)/(x + 5 − a − …)) (DLMF 8.9.2, even part) for x >= max(1, a), from the last
 * quotient back; with so many of them, counted over a from 0 to 60, more change nothing.
 */
function legendreFraction(a: number, x: number): number {
  let rest = 0;
  for (let n = Math.ceil(15 + 85 / x + a / 3); n >= 1; n--) rest = (n * (a - n)) / (x + (2 * n + 1 - a) + rest);
  return x + 1 - a + rest;
}

/**
 * Q for a < 1 and x < 1 as the sum of 1 − x^a / Γ(1+a) and of what P's alternating series leaves out of x^a / Γ(1+a), both
 * of the order of a (Gautschi 1979, A computational procedure for incomplete gamma functions, section 4.1).
 */
function smallShapeQ(a: number, x: number, logFactorial = logGamma1p(a)): number {
  const exponent = a * log(x) - logFactorial;
  let power = -x;
  let sum = power / (a + 1);
  for (let n = 2; Math.abs(power) > NEGLIGIBLE * x; n++) {
    power *= -x / n;
    sum += power / (a + n);
  }
  return -expm1(exponent) - exp(exponent) * a * sum;
}

/**
 * The x with P(a, x) = p ("lower") or Q(a, x) = p ("upper"), p in [0, 1]; relative error about 1e-14 times the larger of 1
 * and the relative condition number of the quantile. 0 where it lies below all doubles.
 */
export function gammaQuantile(a: number, p: number, tail: Tail): number {
  return gammaQuantiles(a)(p, tail);
}

/** The same for many p of one shape; `near` is a first guess, and a good one saves half the time. */
export function gammaQuantiles(a: number): (p: number, tail: Tail, near?: number) => number {
  const shape = { a, log: logPair(a), logGamma: logGamma(a), logGamma1p: logGamma1p(a), peak: poissonPeak(a) };
  return (p, tail, near) => {
    if (p > 0.5) return smallerTailQuantile(shape, 1 - p, tail === "lower" ? "upper" : "lower", near);
    return smallerTailQuantile(shape, p, tail, near);
  };
}

/** A shape, and what only depends on it. */
interface Shape {
  readonly a: number;
  readonly log: Pair;
  readonly logGamma: number;
  readonly logGamma1p: number;
  readonly peak: number;
}

function smallerTailQuantile(shape: Shape, p: number, tail: Tail, near = NaN): number {
  if (!(p > 0)) return p === 0 ? (tail === "lower" ? 0 : Infinity) : NaN;
  const target = logPair(p);
  return tail === "lower"
    ? logTailRootNear(
        near,
        () => lowerStart(shape, p),
        (x) => lowerLogTail(shape, x, target),
      )
    : logTailRootNear(
        near,
        () => upperStart(shape, p),
        (x) => upperLogTail(shape, x, target),
      );
}

/** From P ≈ x^a e^(−x a/(a+1)) / Γ(a+1) where that holds, else Wilson and Hilferty's cube of a normal variable. */
function lowerStart({ a, logGamma1p: logFactorial }: Shape, p: number): number {
  const x = exp((log(p) + logFactorial) / a);
  return x < 0.3 * (a + 1) ? x * exp(x / (a + 1)) : wilsonHilferty(a, normalQuantile(p, "lower"), x);
}

/** From Q ≈ x^(a−1) e^−x / Γ(a) far out, from P = 1 − p where that is near 0, else Wilson and Hilferty. */
function upperStart({ a, logGamma: logFactor, logGamma1p: logFactorial }: Shape, p: number): number {
  const far = -log(p) - logFactor;
  if (far > 2 * a + 2) return far + (a - 1) * log(far);
  const near = exp((log1p(-p) + logFactorial) / a);
  return near < 0.3 * (a + 1) ? near : wilsonHilferty(a, normalQuantile(p, "upper"), near);
}

/** For shapes near 0 the cube may be negative, and then `other` has to do. */
function wilsonHilferty(a: number, z: number, other: number): number {
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  return root > 0 ? a * root * root * root : other;
}

function lowerLogTail(shape: Shape, x: number, target: Pair): LogTail {
  const { a } = shape;
  if (!hasLowerSeries(a, x)) return plainLogTail(shape, x, gammaP(a, x), target, 1);
  const ratio = lowerRatio(a, x);
  const slope = a / ratio;
  return { excess: logDensityExcess(shape, x, ratio, target), slope, bend: a - x - slope };
}

function upperLogTail(shape: Shape, x: number, target: Pair): LogTail {
  const { a } = shape;
  if (hasSmallShape(a, x)) return plainLogTail(shape, x, smallShapeQ(a, x, shape.logGamma1p), target, -1);
  if (x < a) return plainLogTail(shape, x, gammaQ(a, x), target, -1);
  const ratio = upperRatio(a, x);
  const slope = -a / ratio;
  return { excess: logDensityExcess(shape, x, ratio, target), slope, bend: a - x - slope };
}

/** log(density · ratio) − target, the large parts in two doubles, so that neither tiny tails nor underflow cost digits. */
function logDensityExcess({ a, log: logA, peak }: Shape, x: number, ratio: number, target: Pair): number {
  const deviance = poissonDeviance(a, x, 0, logA);
  return log(peak * ratio) - (deviance.high + target.high) - (deviance.low + target.low);
}

/** Where the tail itself is not small. */
function plainLogTail(shape: Shape, x: number, probability: number, target: Pair, sign: number): LogTail {
  const { a, peak } = shape;
  const { high, low } = poissonDeviance(a, x, 0, shape.log);
  const slope = (sign * a * peak * expPair(-high, -low)) / probability;
  return { excess: log(probability) - target.high - target.low, slope, bend: a - x - slope };
}
