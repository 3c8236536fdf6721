import { exponentialIntegral } from "./exponential-quotient.ts";

/**
 * Incomplete beta functions that are not divided by B(a, b), so that b may be 0 or negative: the partial means of
 * transformed beta laws whose mean is infinite. In terms of y = v / (1 − v), the integral over t in [0, v] of
 * t^(a − 1) (1 − t)^(b − 1), scaled so that it neither overflows nor underflows.
 */

const UNIT = 1.1102230246251565e-16;

/**
 * (1 + y)^(a + b) y^−a times the integral up to v = y / (1 + y), for a > 0 and a + b > 0: the continued fraction of
 * DLMF 8.17.22, evaluated by the modified Lentz method (Thompson and Barnett 1986, J. Comput. Phys. 64, 490). Takes
 * about 10 √y steps for b near 0; for b > 0 it is best below v = (a + 1) / (a + b + 2).
 */
export function scaledLowerBeta(a: number, b: number, y: number): number {
  const v = y / (1 + y);
  let c = 1;
  let d = 1 / (1 - ((a + b) * v) / (a + 1));
  let value = d;
  let factor = 0;
  for (let m = 1; Math.abs(factor - 1) > UNIT; m++) {
    const even = (m * (b - m) * v) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * v) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    factor = c * d;
    value *= factor;
  }
  return value / a;
}

/** A y from which betaIntegralBeyond may start: there its terms fall from the first on. */
export function betaIntegralStart(a: number, b: number): number {
  return Math.max(2, a + b);
}

/**
 * start^b times the integral from `start` to y of z^(a − 1) (1 + z)^(−a − b), where `length` = log(y / start) >= 0 and
 * start >= betaIntegralStart(a, b), by the power series of (1 + 1 / z)^(−a − b) term by term.
 */
export function betaIntegralBeyond(a: number, b: number, start: number, length: number): number {
  let coefficient = 1;
  let sum = exponentialIntegral(-b, length);
  let term = sum;
  for (let n = 1; Math.abs(term) > UNIT * sum; n++) {
    coefficient *= -(a + b + n - 1) / (n * start);
    term = coefficient * exponentialIntegral(-b - n, length);
    sum += term;
  }
  return sum;
}
