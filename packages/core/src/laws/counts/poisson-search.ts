import { gammaQ } from "../../math/incomplete-gamma.ts";
import { poissonDensity } from "../../math/poisson-density.ts";
import type { CountLaw } from "../law.ts";
import { countLaw } from "./index.ts";

/** What is summed here may be off by so much, for each trial of a standard deviation: three times what can be shown. */
const ERROR = 4e-15;
/** A probability so small that the sum does not grow any more. */
const NEGLIGIBLE = 1e-18;

/**
 * The counts of a Poisson law of mean `lambda` by inversion: `law.quantile(u, "lower")`, the same whole number, for a tenth
 * of the time. Walks from the mode, where the distribution function is known, by the ratio of neighbouring probabilities,
 * some 0.8 standard deviations on average: 0.1 µs at a mean of 1,000, and always far less than that many claims take. A
 * uniform so near a threshold that rounding could decide is left to the law's own search.
 */
export function poissonSearch(lambda: number): (u: number) => number {
  const mode = Math.floor(lambda);
  const uncertain = ERROR * (1 + Math.sqrt(lambda));
  const reciprocal = 1 / lambda;
  let law: CountLaw | undefined;
  // Known from the first search on: a plan may have ten thousand of these, and be only explained.
  let cdfAtMode = NaN;
  let probabilityAtMode = NaN;

  return (u) => {
    if (Number.isNaN(cdfAtMode)) {
      cdfAtMode = gammaQ(mode + 1, lambda);
      probabilityAtMode = poissonDensity(mode, lambda);
    }
    let k = mode;
    // P(N <= k) and P(N = k); the count is k once P(N <= k − 1) < u <= P(N <= k).
    let cdf = cdfAtMode;
    let p = probabilityAtMode;
    while (cdf < u && p > NEGLIGIBLE) {
      k++;
      p *= lambda / k;
      cdf += p;
    }
    while (cdf - p >= u && k > 0) {
      cdf -= p;
      p *= k * reciprocal;
      k--;
    }
    const isCertain = Math.abs(cdf - u) > uncertain && Math.abs(cdf - p - u) > uncertain;
    return isCertain ? k : (law ??= countLaw({ law: "poisson", lambda })).quantile(u, "lower");
  };
}
