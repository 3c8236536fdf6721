import { binomialDensity, complementGap } from "./binomial-density.ts";
import { exp, expm1 } from "./exp.ts";
import { logGamma1p, stirlingError, STIRLING_FROM } from "./gamma.ts";
import { log, log1p } from "./log.ts";
import { productError } from "./rounding-error.ts";

/** Terms smaller than this part of their sum are left out. */
const NEGLIGIBLE = 1e-17;

/**
 * I_x(a, b), the probability that a beta variable of shapes a and b is at most x, with y = 1 − x passed too, so that
 * nothing cancels where x is near 1. The smaller of x and y is taken as exact. Each of betaLower and betaUpper has a
 * relative error below 1e-13 where it is the smaller one, for shapes from 0.01 to 1e6.
 */
export function betaLower(a: number, b: number, x: number, y: number): number {
  if (hasSmallShape(b, a, y)) return smallShapeUpper(b, a, y);
  if (hasDirectLower(a, b, x, y)) return (binomialDensity(a, b, x, y) * ((a / (a + b)) * b)) / lowerSlope(a, b, x, y);
  return 1 - betaLower(b, a, y, x);
}

/** 1 − I_x(a, b) = I_y(b, a). */
export function betaUpper(a: number, b: number, x: number, y: number): number {
  return betaLower(b, a, y, x);
}

/** Where 1 − I_x would cancel, although x may be far beyond the median. */
function hasSmallShape(a: number, b: number, x: number): boolean {
  return a < 1 && b * x < 1 && x <= 0.5;
}

/** Whether the lower tail at x is computed from the density there, not from another tail. */
export function hasDirectLower(a: number, b: number, x: number, y: number): boolean {
  return !hasSmallShape(b, a, y) && (hasSmallShape(a, b, x) || a * y >= b * x);
}

/** d log I_x(a, b) / d log(x / y), the density in log(x / y) over the tail, where hasDirectLower. */
export function lowerSlope(a: number, b: number, x: number, y: number): number {
  return hasSmallShape(a, b, x) ? a / risingSeries(a, b, x) : slopeFraction(a, b, x, y);
}

/** 1 + (a+b)/(a+1) x + (a+b)(a+b+1)/((a+1)(a+2)) x² + … (DLMF 8.17.8): positive terms. */
function risingSeries(a: number, b: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > NEGLIGIBLE * sum; n++) {
    term *= (x * (a + b + n - 1)) / (a + n);
    sum += term;
  }
  return sum;
}

/**
 * x^a y^b / (B(a, b) I_x(a, b)) for a >= 1 and x up to the mean, by the continued fraction of Didonato and Morris 1992
 * (ACM TOMS 18, 360, eq. 9), with Lentz's method. `change` follows the difference between two convergents,
 * free of the rounding noise of their quotient.
 */
function slopeFraction(a: number, b: number, x: number, y: number): number {
  const offset = meanOffset(a, b, x, y) + 1;
  let fraction = (a * offset) / (a + 1);
  let upper = fraction;
  let lower = 0;
  let before = 1;
  let change = -1;
  for (let n = 1; Math.abs(change) > NEGLIGIBLE * fraction; n++) {
    const odd = a + 2 * n - 1;
    const spread = (n * (b - n) * x) / odd;
    const numerator = (((a + n - 1) * (a + b + n - 1)) / odd) * x * spread;
    const partial = n + spread + ((a + n) * (offset + n * (2 - x))) / (odd + 2);
    lower = 1 / (partial + numerator * lower);
    upper = partial + numerator / upper;
    change *= -numerator * before * lower;
    before = lower;
    fraction *= upper * lower;
  }
  return fraction;
}

/** a y − b x = a − (a + b) x, free of rounding errors of a, b, x and y. */
function meanOffset(a: number, b: number, x: number, y: number): number {
  const gap = complementGap(x, y);
  const gain = a * y;
  const loss = b * x;
  const rest = productError(a, y, gain) - productError(b, x, loss) + (x > y ? -b * gap : a * gap);
  return gain - loss + rest;
}

/**
 * 1 − I_x(a, b) for a < 1 and b x < 1 as the sum of 1 − x^a / (a B(a, b)) and of what the alternating series of I_x leaves
 * out of it, both of the order of a; the counterpart for beta tails of Gautschi's for gamma tails.
 */
function smallShapeUpper(a: number, b: number, x: number): number {
  const exponent = a * log(x) + logGammaIncrement(b, a) - logGamma1p(a);
  let power = 1;
  let sum = 0;
  for (let n = 1; Math.abs(power) > NEGLIGIBLE; n++) {
    power *= ((n - b) * x) / n;
    sum += power / (a + n);
  }
  return -expm1(exponent) - exp(exponent) * a * sum;
}

/** log(Γ(z + a) / Γ(z)) for a < 1, with an error relative to a: by Stirling's formula, shifted up to where it holds. */
function logGammaIncrement(z: number, a: number): number {
  let shifted = z;
  let steps = 0;
  for (; shifted < STIRLING_FROM; shifted++) steps += log1p(a / shifted);
  const growth = (shifted - 0.5) * log1p(a / shifted) - a + a * log(a + shifted);
  return growth + (stirlingError(a + shifted) - stirlingError(shifted)) - steps;
}
