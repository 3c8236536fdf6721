import type { Check } from "../certificate.ts";
import type { ExactDistribution } from "../judge.ts";
import { kolmogorovPValue, kolmogorovTail } from "../statistics/kolmogorov.ts";
import { largestDifference, largestSampleDifference } from "../statistics/largest-difference.ts";
import { judgedByPValue, notJudged } from "./check.ts";

/** A judge that leaves more open than this finds nothing wrong. */
const MOST_ERROR = 0.05;

/** Kolmogorov and Smirnov's test of all losses against the exact distribution, as far as it is known. */
export function distributionCheck(
  name: "total" | "maxOccurrence",
  ordered: Float64Array,
  exact: ExactDistribution,
): Check {
  const { error } = exact;
  if (error > MOST_ERROR)
    return notJudged({ name, exactError: error }, `the judge knows it to ${error.toPrecision(1)} only`);
  const difference = largestDifference(ordered, exact);
  return judgedByPValue({ name, difference, exactError: exact.error }, kolmogorovPValue(difference, ordered.length));
}

/**
 * The totals of a level against those of the first level. The two are not independent: levels share draws, and a thinned
 * line reads from above what the definition reads from below, so they may even lean to opposite sides. Whatever their
 * dependence, a difference of d needs one of them to be d/2 from the truth: the p-value is twice that of d/2, which costs
 * the test a factor √2 in d against independent samples.
 */
export function levelsCheck(ordered: Float64Array, firstLevel: Float64Array): Check {
  const difference = largestSampleDifference(ordered, firstLevel);
  const tail = kolmogorovTail((difference / 2) * Math.sqrt(ordered.length));
  return judgedByPValue({ name: "levels", difference }, Math.min(1, 2 * tail));
}
