import { exp, expPair } from "../../math/exp.ts";
import { logPair } from "../../math/log.ts";
import { erfcx, normalCdf, normalDensity, normalQuantile, normalSurvival } from "../../math/normal.ts";
import { productError, sumError } from "../../math/rounding-error.ts";
import { defineLaw, positive, real } from "../define-law.ts";
import { continuous } from "./numerics/continuous.ts";
import { varianceOf } from "./numerics/variance.ts";
import { LognormalElasticity } from "./numerics/elasticity.ts";

const SQRT_HALF = Math.sqrt(0.5);
const SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

/**
 * The lognormal law: log X is normal with mean `meanlog` and standard deviation `sdlog`.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 14; limited expected value:
 * Klugman, Panjer and Willmot, Loss models, A.4. Breaks where e^meanlog or the mean leaves the range of doubles.
 */
export const lognormal = defineLaw("lognormal", { meanlog: real(), sdlog: positive() }, ({ meanlog, sdlog }) => {
  const score = (x: number): number => scoreOf(meanlog, sdlog, x);
  const atScore = (z: number): number => {
    const product = sdlog * z;
    const sum = meanlog + product;
    return expPair(sum, sumError(meanlog, product, sum) + productError(sdlog, z, product));
  };
  const mean = exp(meanlog + (sdlog * sdlog) / 2);
  return continuous({
    lower: 0,
    upper: Infinity,
    mean,
    variance: varianceOf(mean, sdlog * sdlog),
    tailIndex: Infinity,
    elasticity: new LognormalElasticity(meanlog, sdlog),
    density: (x) => (x === 0 ? 0 : normalDensity(score(x)) / (sdlog * x)),
    cdf: (x) => normalCdf(score(x)),
    survival: (x) => normalSurvival(score(x)),
    quantile: (p, tail) => atScore(normalQuantile(p, tail)),
    limitedExpectedValue: (d) => {
      const z = score(d);
      // E[X; X <= d] = mean · Φ(z − sdlog) = d e^(−z²/2) erfcx((sdlog − z) / √2) / 2, where the mean may overflow.
      const below =
        z < sdlog
          ? d * (SQRT_HALF_PI * normalDensity(z) * erfcx((sdlog - z) * SQRT_HALF))
          : mean * normalCdf(z - sdlog);
      return below + d * normalSurvival(z);
    },
  });
});

/** `survival` of the law, without making it. */
export function lognormalSurvival(meanlog: number, sdlog: number, x: number): number {
  if (x <= 0) return 1;
  return x === Infinity ? 0 : normalSurvival(scoreOf(meanlog, sdlog, x));
}

/** (log x − meanlog) / sdlog; log x in two doubles, since a small sdlog magnifies its rounding. */
function scoreOf(meanlog: number, sdlog: number, x: number): number {
  const { high, low } = logPair(x);
  const difference = high - meanlog;
  return (difference + (sumError(high, -meanlog, difference) + low)) / sdlog;
}
