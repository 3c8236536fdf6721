import { severity } from "../../src/laws/severities/index.ts";
import type { VectorCase } from "./vectors.ts";

export type Quantity = "quantile" | "density" | "cdf" | "survival" | "limited" | "mean" | "variance";

/** The largest relative error of one quantity, and where. */
export interface Worst {
  readonly error: number;
  /** The largest error over its tolerance: at most 1. */
  readonly overTolerance: number;
  readonly at: string;
}

const TOLERANCE = 1e-12;
/** 8 units in the last place, times the condition number, where a quantile is that sensitive to its probability. */
const UNITS = 8 * 2 ** -53;
/** Below this a probability, or that of a whole law of which it is a part, is no normal double. */
const SUBNORMAL = 1e-285;

/** The worst relative error of each quantity of a law against its reference values. */
export function worstErrors(reference: VectorCase): Map<Quantity, Worst> {
  const law = severity(reference.spec);
  const worst = new Map<Quantity, Worst>();
  const compare = (quantity: Quantity, found: number, wanted: number, at: string, slack = 0): void => {
    const error = relativeError(found, wanted);
    const overTolerance = error / Math.max(TOLERANCE, slack);
    if (!(overTolerance <= (worst.get(quantity)?.overTolerance ?? -1))) {
      worst.set(quantity, { error, overTolerance, at: `${at}: found ${found}, not ${wanted}` });
    }
  };
  for (const [i, u] of reference.u.entries()) {
    // The condition number at an end of the support is not a number: there the quantile is exact.
    const slack = Number.isNaN(reference.cond[i]) ? 0 : UNITS * reference.cond[i];
    compare("quantile", law.quantile(u, "lower"), reference.ppf[i], `u = ${u}`, slack);
  }
  for (const [q, lower, upper] of reference.deepTails) {
    compare("quantile", law.quantile(q, "lower"), lower, `lower tail ${q}`);
    compare("quantile", law.quantile(q, "upper"), upper, `upper tail ${q}`);
  }
  for (const [x, density, cdf, survival] of reference.points) {
    if (density > SUBNORMAL) compare("density", law.density(x), density, `x = ${x}`);
    if (cdf > SUBNORMAL) compare("cdf", law.cdf(x), cdf, `x = ${x}`);
    if (survival > SUBNORMAL) compare("survival", law.survival(x), survival, `x = ${x}`);
  }
  for (const [d, limited] of reference.lev) compare("limited", law.limitedExpectedValue(d), limited, `d = ${d}`);
  compare("mean", law.mean, reference.mean, "mean");
  compare("variance", law.variance, reference.variance, "variance");
  return worst;
}

/** |found / wanted − 1|; a value that is not finite equals only itself. */
export function relativeError(found: number, wanted: number): number {
  if (Object.is(found, wanted) || found === wanted) return 0;
  if (!Number.isFinite(found) || !Number.isFinite(wanted)) return Infinity;
  return Math.abs(found - wanted) / Math.abs(wanted);
}
