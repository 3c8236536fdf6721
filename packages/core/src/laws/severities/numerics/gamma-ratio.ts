import { exp } from "../../../math/exp.ts";
import { gammaFunction, logGamma, stirlingError } from "../../../math/gamma.ts";
import { log, log1p } from "../../../math/log.ts";

/** Below this, Γ(x) is a finite double. */
const GAMMA_LIMIT = 171;
/** From here on Stirling's formula loses less than the rounding of a + h, which costs a ψ(a) units in the last place. */
const STIRLING_LIMIT = 20;

/** Γ(a + h) / Γ(a) for a > 0 and a + h > 0, without the cancellation of two large logarithms; about 1e-14. */
export function gammaRatio(a: number, h: number): number {
  const smaller = Math.min(a, a + h);
  const larger = Math.max(a, a + h);
  if (smaller < STIRLING_LIMIT) {
    return larger < GAMMA_LIMIT ? gammaFunction(a + h) / gammaFunction(a) : exp(logGamma(a + h) - logGamma(a));
  }
  // (a + h − 1/2) log(a + h) − (a − 1/2) log a − h + the difference of Stirling's remainders.
  const relative = (a + h - 0.5) * log1p(h / a) - h;
  return exp(h * log(a) + (relative + (stirlingError(a + h) - stirlingError(a))));
}

/** B(2n) / (2n (2n − 1)) for n = 1 … 5 (Abramowitz and Stegun 6.1.41): the powers 1, 3, … 9 of 1 / x. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188];
/** From here on the first term left out of a second difference is below 2^-53 of it. */
const CURVATURE_FROM = 24;

/**
 * log Γ(a) − 2 log Γ(a + h) + log Γ(a + 2h) for a > 0 and h >= 0: what makes E[X²] / E[X]² − 1 of laws whose moments are
 * gamma functions. Relative error about 1e-15 also for tiny h, where it is ψ′(a) h²: every term of the sum is positive.
 */
export function logGammaCurvature(a: number, h: number): number {
  let shifted = a;
  let sum = 0;
  // log Γ(a) = log Γ(a + 1) − log a, three times.
  while (shifted < CURVATURE_FROM) {
    sum += log1p((h / shifted) * (h / (shifted + 2 * h)));
    shifted += 1;
  }
  return sum + stirlingCurvature(shifted, h);
}

/** The same for a >= 24, by Stirling's formula around the middle m: r = h / m in [0, 1). */
function stirlingCurvature(a: number, h: number): number {
  const m = a + h;
  const r = h / m;
  const artanhTwice = log1p((2 * h) / a);
  const leading = h * artanhTwice + (m - 0.5) * log1p(-r * r);
  return leading + remainderCurvature(m, r);
}

/**
 * The second difference of the Stirling remainders: that of x^−k is m^−k times (1 − r)^−k + (1 + r)^−k − 2, and with
 * s = 1 / (1 − r), t = 1 / (1 + r) this is r Σ (s^i − t^i) over i = 1 … k.
 */
function remainderCurvature(m: number, r: number): number {
  const s = 1 / (1 - r);
  const t = 1 / (1 + r);
  let powerOfM = 1 / m;
  let sPower = 1;
  let quotient = 0;
  let total = 0;
  let result = 0;
  for (let k = 1; k < 2 * STIRLING.length; k++) {
    // quotient = (s^k − t^k) / (s − t) by its recurrence, so that nothing cancels for a small r.
    quotient = sPower + t * quotient;
    sPower *= s;
    total += quotient;
    if (k % 2 === 1) {
      result += STIRLING[(k - 1) / 2] * powerOfM * total;
      powerOfM /= m * m;
    }
  }
  return result * 2 * r * r * s * t;
}
