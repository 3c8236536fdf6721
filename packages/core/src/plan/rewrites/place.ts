import { clustersOf } from "../../laws/counts/clusters.ts";
import { drawnLaw, drawnMean, isPlainPoisson } from "../line-tables.ts";
import { TRIALS_PER_WORD } from "../../random/generator.ts";
import type { Line, Placement } from "../plan.ts";

/**
 * Level 2: a line's claims find their trials by the placement that costs least.
 *
 * - scatter, exact for compound Poisson counts: a Poisson number of clusters in 4,096 years, each in a year that is
 *   uniform and independent of all else, is in every single year a Poisson number of clusters, independent of the other
 *   years (the splitting property). A cluster takes a fifth of a word, and a uniform where its size is drawn.
 * - skip, exact for any count law: years are independent, so the number of years without claims before the next with some
 *   is geometric, and the count of that year has the law given that it is not 0.
 * - perTrial: the definition.
 *
 * The choice looks at the law alone, and not at the number of trials. It is the one that draws the fewest uniforms a trial,
 * the severities of its claims aside.
 */
export function placementOf(line: Line): Placement {
  const cost = scatterCost(line);
  // A tie goes to scatter: it has no work for trials without claims.
  if (cost !== null) return cost <= 1 ? "scatter" : "perTrial";
  return drawnLaw(line).survival(0) < 0.5 ? "skip" : "perTrial";
}

/** Why `placementOf` takes it. */
export function placeReason(line: Line): string {
  const cost = scatterCost(line);
  if (cost !== null) {
    return cost <= 1
      ? `${shown(cost)} draws a year to place its claims, not 1`
      : `scattering would take ${shown(cost)} draws a year to place its claims, not 1`;
  }
  const hit = drawnLaw(line).survival(0);
  return hit < 0.5
    ? `${shown(2 * hit)} draws a year to place its claims, not 1`
    : "claims in half of the years or more";
}

/** Draws a trial to scatter a line's claims; null where they cannot be. */
function scatterCost(line: Line): number | null {
  const { frequency, survival } = line;
  // Of the lines that large books are made of without making them.
  if (isPlainPoisson(line)) return drawnMean(line) / TRIALS_PER_WORD;
  const clusters = clustersOf(frequency, survival);
  return clusters && clusters.rate / TRIALS_PER_WORD + (clusters.size === null ? 0 : clusters.rate);
}

function shown(draws: number): string {
  return String(Number(draws.toPrecision(2)));
}
