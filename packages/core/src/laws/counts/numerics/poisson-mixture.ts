import { poissonDensity } from "../../../math/poisson-density.ts";
import { listedMasses, type Masses } from "./masses.ts";

/** How much further than `rest` a row goes, since its tail is longer than its last mass. */
const MARGIN = 1 / 1024;

/**
 * The masses of Poisson laws with these means, weighted, until what is left is below `rest`, a share of all that is
 * above 0. A row runs by ratios from its mode to both sides: one exponential a row, and all terms are positive.
 */
export function poissonMixtureMasses(weights: ArrayLike<number>, lambdas: ArrayLike<number>, rest: number): Masses {
  const rows = rowsThatMatter(weights, lambdas, rest);
  const largest = lambdas[rows[0]];
  // Room for 14 standard deviations, and for 60 more where a row is far from normal: beyond 2^-138 of the mode.
  const masses = new Float64Array(Math.ceil(largest + 14 * Math.sqrt(largest)) + 60);
  for (const i of rows) addRow(masses, weights[i], lambdas[i], rest * MARGIN);
  return listedMasses(masses);
}

/** Rows by falling mean, without those at the far end that together weigh less than `rest` of all that is above 0. */
function rowsThatMatter(weights: ArrayLike<number>, lambdas: ArrayLike<number>, rest: number): number[] {
  const rows = Array.from(weights, (_, i) => i).sort((i, j) => lambdas[j] - lambdas[i]);
  let above = 0;
  for (const i of rows) above += weights[i] * Math.min(1, lambdas[i]);
  let first = 0;
  let dropped = weights[rows[0]];
  while (dropped <= rest * above && first < rows.length - 1) dropped += weights[rows[++first]];
  return rows.slice(first);
}

function addRow(masses: Float64Array, weight: number, lambda: number, rest: number): void {
  const mode = Math.floor(lambda);
  const peak = weight * poissonDensity(mode, lambda);
  const smallest = peak * rest * Math.min(1, lambda);
  let mass = peak;
  for (let k = mode; mass > smallest && k < masses.length; k++) {
    masses[k] += mass;
    mass *= lambda / (k + 1);
  }
  mass = peak;
  for (let k = mode; mass > smallest && k > 0; k--) {
    mass *= k / lambda;
    masses[k - 1] += mass;
  }
}
