import type { Elasticity, Severity } from "../../laws/law.ts";
import { SeriesScratch } from "../../laws/series-scratch.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { powerOfTwo } from "../../math/exponent.ts";
import { normalDensity } from "../../math/normal.ts";
import { ROW } from "../compiled-plan.ts";
import { LEAST_SHARE } from "./amount-at.ts";
import { GRIDS, WIDEST } from "./grid.ts";

const LN2 = LN2_HIGH + LN2_LOW;
export const TERMS = 14;
/** What the last terms may come to for what follows them not to count. */
const NEGLIGIBLE = 1e-14;

// Series of one amount at a time, in the distance d from its z in cells of the widest.
const x = new Float64Array(TERMS);
/** Of the slope of y = log x in d. */
const slope = new Float64Array(TERMS);
/** Of the elasticity of x f(x). */
const elasticities = new Float64Array(TERMS);
/** Of the slope of log(slope) in d. */
const bend = new Float64Array(TERMS);
const scratch = new SeriesScratch();

/**
 * The power series of log2 of a law's amounts in z, from any of them on. From F(x) = Φ(z) follows dy/dz = φ(z) / (x f(x)) for
 * y = log x, and from that d log(dy/dz) / dz = −z − (x f′(x) / f(x) + 1) dy/dz, which gives coefficient after coefficient where the
 * law's `elasticity` is known. (Steinbrecher and Shaw 2008, "Quantile mechanics", European Journal of Applied Mathematics 19, 87,
 * section 2, in another variable.)
 */
export class AmountSeries {
  readonly #law: Severity;
  readonly #elasticity: Elasticity;
  /** dF(x) over dΦ(z). */
  readonly #share: number;

  constructor(law: Severity, elasticity: Elasticity, survival: number) {
    this.#law = law;
    this.#elasticity = elasticity;
    this.#share = survival < LEAST_SHARE ? -survival : 1;
  }

  /** Writes the coefficients for the amount at z, t its log2. */
  write(out: Float64Array, z: number, amount: number, t: number): void {
    const { width } = WIDEST;
    x[0] = amount;
    slope[0] = (width * this.#share * normalDensity(z)) / (amount * this.#law.density(amount));
    elasticities[0] = 1 + this.#elasticity.next(x, 0, scratch);
    out[0] = t;
    out[1] = slope[0] / LN2;
    for (let n = 1; n < TERMS - 1; n++) {
      let ofBend = n === 1 ? -width * z : n === 2 ? -width * width : 0;
      for (let i = 0; i < n; i++) ofBend -= elasticities[i] * slope[n - 1 - i];
      bend[n - 1] = ofBend;
      let ofSlope = 0;
      let ofX = 0;
      for (let i = 0; i < n; i++) {
        ofSlope += slope[i] * bend[n - 1 - i];
        ofX += x[i] * slope[n - 1 - i];
      }
      slope[n] = ofSlope / n;
      x[n] = ofX / n;
      elasticities[n] = this.#elasticity.next(x, n, scratch);
      out[n + 1] = slope[n] / ((n + 1) * LN2);
    }
  }
}

/** By level of a grid: half a cell, in cells of the widest, and its powers that are asked for. */
const HALVES = GRIDS.map(({ slope: ofCells }) => {
  const half = WIDEST.slope / ofCells / 2;
  const power = (n: number): number => (n === 0 ? 1 : half * power(n - 1));
  return { half, power: power(TERMS - 2), error: (2 * power(ROW)) / powerOfTwo(ROW) };
});

/** Whether a series has converged half a cell of a grid from where it begins; NaN has not. */
export function converges(series: Float64Array, level: number): boolean {
  const { half, power } = HALVES[level];
  return (Math.abs(series[TERMS - 1]) * half + Math.abs(series[TERMS - 2])) * power < NEGLIGIBLE;
}

/** About what interpolation at a cell's nodes, of a degree below ROW, leaves out: the first term that it lacks (Rivlin 1974, 1.3). */
export function interpolationError(series: Float64Array, level: number): number {
  return Math.abs(series[ROW]) * HALVES[level].error;
}

/** The value of a series at a distance of d cells of the widest. */
export function seriesAt(series: Float64Array, d: number): number {
  let value = 0;
  for (let n = TERMS - 1; n >= 0; n--) value = value * d + series[n];
  return value;
}
