import { exp } from "./exp.ts";
import { gammaQ } from "./incomplete-gamma.ts";
import { poissonDensity, poissonPeak } from "./poisson-density.ts";
import { polynomial } from "./polynomial.ts";

/** Below this mean the probabilities are added up: rounding takes 8e-16 of either at most. */
const ADDED_BELOW = 12;
/** From this mean on the expansion is exact to rounding. */
const EXPANDED_FROM = 100;
/** So many terms of the power series: the last is below 1e-17 from EXPANDED_FROM on. */
const TERMS = 14;
/** θ(n) of Ramanujan's e^n / 2 = Σ_{k<n} n^k / k! + θ n^n / n!, by powers of 1/n (Marsaglia and Marsaglia 1990, section 4). */
const THETA = Float64Array.of(1 / 3, 4 / 135, -8 / 2835, -16 / 8505, 8992 / 12_629_925, 334_144 / 492_567_075);

/** Numbers of a law that `writePoissonMode` writes. */
export const MODE_FIELDS = 3;

/**
 * Writes what a Poisson law is at its mode n = ⌊lambda⌋, three numbers from `at` on: lambda, P(N <= n), P(N = n). The two that
 * `gammaQ` and `poissonDensity` give, to some 1e-16, for a tenth of the time. To an array, because a plan may have ten
 * thousand such laws.
 *
 * Ramanujan's θ gives both probabilities for the mean n itself. From there to n + δ, 0 <= δ < 1, P(N = n) becomes w(δ) times
 * as large and P(N <= n) less by the integral of that, where w(t) = e^−t (1 + t / n)^n. Since (n + t) w′ = −t w, its power
 * series is a₀ = 1, a₁ = 0, a_{k+1} = −(a_{k−1} + k a_k) / (n (k + 1)).
 */
export function writePoissonMode(lambda: number, out: Float64Array, at: number): void {
  const mode = Math.floor(lambda);
  out[at] = lambda;
  if (lambda < ADDED_BELOW) {
    let p = exp(-lambda);
    let cdf = p;
    for (let k = 1; k <= mode; k++) {
      p *= lambda / k;
      cdf += p;
    }
    out[at + 1] = cdf;
    out[at + 2] = p;
    return;
  }
  if (lambda < EXPANDED_FROM) {
    out[at + 1] = gammaQ(mode + 1, lambda);
    out[at + 2] = poissonDensity(mode, lambda);
    return;
  }
  const peak = poissonPeak(mode);
  const delta = lambda - mode;
  const reciprocal = 1 / mode;
  let before = 1;
  let a = 0;
  let power = delta;
  let ratio = 1;
  let integral = delta;
  for (let k = 1; k < TERMS; k++) {
    const next = (-reciprocal * (before + k * a)) / (k + 1);
    before = a;
    a = next;
    power *= delta;
    ratio += a * power;
    integral += (a * power * delta) / (k + 2);
  }
  out[at + 1] = 0.5 + peak * (1 - polynomial(THETA, reciprocal) - integral);
  out[at + 2] = peak * ratio;
}
