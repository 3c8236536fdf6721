import type { CountLaw, FrequencySpec } from "@lossmill/core";
import type { CountCumulants } from "./moments.ts";

/** What the sums may leave out at either end; fourth powers of what lies beyond stay negligible. */
const NEGLIGIBLE = 1e-24;
/** Wider laws' third and fourth cumulants are not computed. */
const MOST_COUNTS = 50_000;

/** The first four cumulants of a count: the third and fourth by summation about the mean, null for very wide laws. */
export function countCumulants(spec: FrequencySpec, law: CountLaw): CountCumulants {
  const { mean, variance } = law;
  if (spec.law === "poisson" && variance === spec.lambda) return { mean, variance, third: mean, fourth: mean };
  const first = law.quantile(NEGLIGIBLE, "lower");
  const last = law.quantile(NEGLIGIBLE, "upper");
  if (!(last - first <= MOST_COUNTS)) return { mean, variance, third: null, fourth: null };
  let third = 0;
  let fourth = 0;
  for (let k = first; k <= last; k++) {
    const distance = k - mean;
    const cube = law.probability(k) * distance * distance * distance;
    third += cube;
    fourth += cube * distance;
  }
  return { mean, variance, third, fourth: fourth - 3 * variance * variance };
}
