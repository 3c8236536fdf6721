import { type Masses, massAt, totalMass } from "./masses.ts";
import { over, plus, ZERO } from "./pair.ts";

/** Probabilities and both tails of 0 … length − 1. Each tail is a sum of positive terms, accurate where it is tiny. */
export interface TailTable {
  readonly probability: Float64Array;
  readonly cdf: Float64Array;
  readonly survival: Float64Array;
}

export function tailTable(masses: Masses): TailTable {
  const { length } = masses;
  const total = totalMass(masses);
  const table = {
    probability: new Float64Array(length),
    cdf: new Float64Array(length),
    survival: new Float64Array(length),
  };
  let sum = ZERO;
  for (let k = 0; k < length; k++) {
    sum = plus(sum, massAt(masses, k));
    table.probability[k] = over(massAt(masses, k), total).high;
    table.cdf[k] = over(sum, total).high;
  }
  sum = ZERO;
  for (let k = length - 1; k >= 0; k--) {
    table.survival[k] = over(sum, total).high;
    sum = plus(sum, massAt(masses, k));
  }
  return table;
}
