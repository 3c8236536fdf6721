import { betaQuantile } from "../../math/beta-quantile.ts";
import { exp } from "../../math/exp.ts";
import { betaLower } from "../../math/incomplete-beta.ts";
import { log, log1p } from "../../math/log.ts";
import { power } from "../../math/power.ts";
import { sumError } from "../../math/rounding-error.ts";
import { defineLaw, positive, real } from "../define-law.ts";
import { continuous } from "./numerics/continuous.ts";
import { SymmetricElasticity } from "./numerics/elasticity.ts";
import { gammaRatio } from "./numerics/gamma-ratio.ts";
import { scaledLowerBeta } from "./numerics/incomplete-beta-integral.ts";
import { shapeParameter } from "./numerics/parameters.ts";
import { limitedOfSymmetric } from "./numerics/symmetric.ts";

/** Beyond √df times this, the law is a power law to the last digit. */
const FAR = 1e10;
/** From here on the two terms of the excess cancel. */
const CANCELLING_FROM = 3;

/**
 * Student's t: (X − location) / scale has the density c (1 + z² / df)^(−(df + 1) / 2). It can be negative: a policy needs
 * it truncated. The mean exists for df > 1, the variance for df > 2 (infinite for 1 < df <= 2, undefined below).
 *
 * Source: Johnson, Kotz and Balakrishnan 1995, Continuous univariate distributions 2, chapter 28. Quantiles near 0 are
 * accurate relative to |location| and scale only.
 */
export const student = defineLaw(
  "student",
  { df: shapeParameter(), location: real(), scale: positive() },
  ({ df, location, scale }) => {
    const score = (x: number): number => {
      const difference = x - location;
      return (difference + sumError(x, -location, difference)) / scale;
    };
    const unit = unitStudent(df);
    return continuous({
      lower: -Infinity,
      upper: Infinity,
      mean: df > 1 ? location : NaN,
      variance: df > 2 ? scale * scale * (df / (df - 2)) : df > 1 ? Infinity : NaN,
      tailIndex: df,
      density: (x) => unit.density(Math.abs(score(x))) / scale,
      cdf: (x) => unit.tail(-score(x)),
      survival: (x) => unit.tail(score(x)),
      quantile: (p, tail, near = NaN) => {
        return location + (tail === "lower" ? -scale : scale) * unit.upperQuantile(p, Math.abs(score(near)));
      },
      limitedExpectedValue: (d) => (df > 1 ? limitedOfSymmetric(d, location, scale, score(d), unit.excess) : -Infinity),
      elasticity: new SymmetricElasticity(location, scale, df),
    });
  },
);

/** Location 0 and scale 1. */
function unitStudent(df: number) {
  const root = Math.sqrt(df);
  const constant = gammaRatio(df / 2, 0.5) / (Math.sqrt(Math.PI) * root);

  /** The density at z >= 0. */
  const density = (z: number): number => {
    const logarithm = z > FAR * root ? 2 * log(z / root) : log1p((z * z) / df);
    return constant * exp((-(df + 1) / 2) * logarithm);
  };
  /** P(Z > z). */
  const tail = (z: number): number => {
    if (z < 0) return 1 - tail(-z);
    if (z > FAR * root) return (constant / root) * power(z / root, -df);
    const sum = df + z * z;
    return 0.5 * betaLower(df / 2, 0.5, df / sum, (z * z) / sum);
  };
  /** The z with P(Z > z) = p, for p in (0, 1/2]; `near` is a first guess, or NaN. */
  const upperQuantile = (p: number, near: number): number => {
    const far = root * power((p / constant) * root, -1 / df);
    if (far > FAR * root) return far;
    // 1 − 2p is exact for p >= 1/4.
    const odds = df / (near * near);
    const { x, y } =
      p < 0.25 ? betaQuantile(df / 2, 0.5, 2 * p, "lower", odds) : betaQuantile(df / 2, 0.5, 1 - 2 * p, "upper", odds);
    return root * Math.sqrt(y / x);
  };
  /** E[max(Z − z, 0)] for z >= 0 and df > 1. */
  const excess = (z: number): number => {
    const square = z * z;
    const first = density(z) * ((df + square) / (df - 1));
    if (z < CANCELLING_FROM) return first - z * tail(z);
    // z P(Z > z) / first = (1 − 1/df) (1 − x/2 · g) with x = df / (df + z²) and g = F(1, (df + 1)/2; df/2 + 2; x) / (df/2 + 1):
    // the tail by DLMF 8.17.8, and one term of its series taken out.
    const g = scaledLowerBeta(df / 2 + 1, -0.5, df / square);
    return first * (1 / df + (1 - 1 / df) * ((df / (df + square)) * (g / 2)));
  };
  return { density, tail, upperQuantile, excess };
}
