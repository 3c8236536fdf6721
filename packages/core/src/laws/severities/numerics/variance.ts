import { expm1 } from "../../../math/exp.ts";

/** Var[X] from E[X] and log(E[X²] / E[X]²), which does not cancel where X varies little. */
export function varianceOf(mean: number, logRatio: number): number {
  if (mean === Infinity) return Infinity;
  // A mean below all doubles: so is the variance.
  return mean === 0 ? 0 : mean * (mean * expm1(logRatio));
}
