// The count of a Poisson law at a uniform: core's poisson-search.ts, operation for operation.

/** What core's `writePoissonMode` writes. */
@unmanaged
export class PoissonMode {
  lambda: f64;
  cdf: f64;
  probability: f64;
}

const ERROR: f64 = 4e-15;
const NEGLIGIBLE: f64 = 1e-18;

/** −1 where the uniform is so near a threshold that core has to ask the law itself. */
export function poissonCount(mode: PoissonMode, u: f64): i64 {
  const lambda = mode.lambda;
  let k = floor<f64>(lambda);
  let cdf = mode.cdf;
  let p = mode.probability;
  while (cdf < u && p > NEGLIGIBLE) {
    k += 1;
    p *= lambda / k;
    cdf += p;
  }
  const reciprocal = 1 / lambda;
  while (cdf - p >= u && k > 0) {
    cdf -= p;
    p *= k * reciprocal;
    k -= 1;
  }
  const uncertain = ERROR * (2 + 0.25 * lambda);
  const isCertain = abs<f64>(cdf - u) > uncertain && abs<f64>(cdf - p - u) > uncertain;
  return isCertain ? <i64>k : -1;
}
