import { exponentialIntegral } from "./exponential-quotient.ts";

/**
 * Incomplete gamma functions that are not divided by Γ(s), so that s may be 0 or negative: the partial means of laws
 * whose mean is infinite. Scaled, so that they neither overflow nor underflow.
 */

const UNIT = 1.1102230246251565e-16;

/** e^t t^−s γ(s, t) for s > 0, best below t = s + 1: the sum of t^n / (s (s + 1) … (s + n)) (DLMF 8.7.1). */
export function scaledLowerGamma(s: number, t: number): number {
  let term = 1 / s;
  let sum = term;
  for (let n = 1; term > UNIT * sum; n++) {
    term *= t / (s + n);
    sum += term;
  }
  return sum;
}

/**
 * e^t t^−s Γ(s, t) for any s and t > max(1, s − 1), by the continued fraction 1 / (t + 1 − s − (1 − s) / (t + 3 − s − …))
 * (DLMF 8.9.2), evaluated by the modified Lentz method (Thompson and Barnett 1986, J. Comput. Phys. 64, 490).
 */
export function scaledUpperGamma(s: number, t: number): number {
  let b = t + 1 - s;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  let factor = 0;
  for (let n = 1; Math.abs(factor - 1) > UNIT; n++) {
    const a = n * (s - n);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    factor = c * d;
    value *= factor;
  }
  return value;
}

/** The integral of z^(s − 1) e^−z over z in [e^−length, 1], for any s and length >= 0. */
export function gammaIntegralBelow1(s: number, length: number): number {
  // The power series of e^−z term by term, with z = e^−l.
  let coefficient = 1;
  let sum = exponentialIntegral(-s, length);
  for (let n = 1; n < 20; n++) {
    coefficient /= -n;
    sum += coefficient * exponentialIntegral(-(s + n), length);
  }
  return sum;
}
