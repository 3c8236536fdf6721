import { exp } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { type LogTail, logTailRootNear } from "../../math/log-tail-root.ts";
import { erfcx, normalQuantile } from "../../math/normal.ts";
import { defineLaw, positive } from "../define-law.ts";
import type { Tail } from "../law.ts";
import { continuous } from "./numerics/continuous.ts";
import { LaurentElasticity } from "./numerics/elasticity.ts";
import { erfcxDifference } from "./numerics/erfcx-difference.ts";

/** shape / mean, the only parameter but for the scale: beyond these the formulas leave the range of doubles. */
const LEAST_RATIO = 1e-6;
const MOST_RATIO = 1e9;
const SQRT_PI = 1.772453850905516;

/**
 * The inverse Gaussian (Wald) law with density √(shape / (2π x³)) exp(−shape (x − mean)² / (2 mean² x)), x > 0; its
 * variance is mean³ / shape.
 *
 * Source: Johnson, Kotz and Balakrishnan 1994, Continuous univariate distributions 1, chapter 15: the cdf is
 * Φ(a) + e^(2 shape / mean) Φ(−b) with a, b = √(shape / x) (x / mean ∓ 1). Both terms share the factor e^(−a²/2) once
 * written with erfcx, so nothing overflows, and the upper tail is a difference of two values of erfcx (compare Giner and
 * Smyth 2016, R Journal 8, 339). Breaks nowhere.
 */
export const inverseGaussian = defineLaw(
  "inverseGaussian",
  { mean: positive(), shape: positive() },
  ({ mean, shape }) => {
    /** a / √2 and e^(−a²/2) / 2. */
    const at = (x: number) => {
      const root = Math.sqrt(shape / 2 / x);
      const relative = (x - mean) / mean;
      const a = root * relative;
      return { a, b: root * ((x + mean) / mean), gap: 2 * root, half: 0.5 * exp(-a * a) };
    };
    const cdf = (x: number): number => {
      const { a, b, gap, half } = at(x);
      return a < 0 ? half * (erfcx(-a) + erfcx(b)) : 1 - half * erfcxDifference(a, gap);
    };
    const survival = (x: number): number => {
      const { a, b, gap, half } = at(x);
      return a > -1 ? half * erfcxDifference(a, gap) : 1 - half * (erfcx(-a) + erfcx(b));
    };
    const density = (x: number): number => {
      if (x === 0) return 0;
      const { gap, half } = at(x);
      return (gap * half) / (x * SQRT_PI);
    };
    const quantile = (p: number, tail: Tail, near = NaN): number => {
      const sign = tail === "lower" ? 1 : -1;
      const tailAt = tail === "lower" ? cdf : survival;
      const tailOf = (x: number): LogTail => {
        const probability = tailAt(x);
        const slope = (sign * x * density(x)) / probability;
        const bend = -0.5 - (shape / 2) * (x / mean / mean - 1 / x) - slope;
        return { excess: log(probability / p), slope, bend };
      };
      return logTailRootNear(near, () => start(p, tail), tailOf);
    };
    /** The x with Φ(a) = p. */
    const start = (p: number, tail: Tail): number => {
      const z = (normalQuantile(p, tail) * Math.sqrt(mean / shape)) / 2;
      const size = Math.sqrt(z * z + 1);
      const root = z > 0 ? size + z : 1 / (size - z);
      return mean * root * root;
    };
    return continuous({
      lower: 0,
      upper: Infinity,
      mean,
      variance: mean * mean * (mean / shape),
      tailIndex: Infinity,
      density,
      cdf,
      survival,
      quantile,
      limitedExpectedValue: (d) => {
        const { a, b, gap, half } = at(d);
        // E[X; X <= d] = mean · (Φ(a) − e^(2 shape / mean) Φ(−b)).
        const share = a < 1 ? half * erfcxDifference(-a, (gap * d) / mean) : 1 - half * (erfcx(a) + erfcx(b));
        return mean * share + d * survival(d);
      },
      elasticity: new LaurentElasticity(-1.5, -shape / mean / mean / 2, shape / 2),
    });
  },
  ({ mean, shape }) => {
    if (shape >= LEAST_RATIO * mean && shape <= MOST_RATIO * mean) return [];
    return [["shape", `must be ${LEAST_RATIO} to ${MOST_RATIO} times the mean (${mean}), found ${shape}`]];
  },
);
