import { type Bands, bandsOf } from "./bands.ts";
import type { Design } from "./design.ts";
import type { Fit, GroupFactors } from "./regression.ts";
import { influencesOf } from "./tail-influences.ts";
import { meansOf } from "./tail-means.ts";
import { spreadsOf } from "./tail-spreads.ts";

/** The mean over all trials of w · y, y being 0 but in a tail, and what the design says of it. */
export interface TailFit extends Fit {
  readonly mean: number;
  /** The mean of w · y². */
  readonly square: number;
  /** How many trials are in the tail. */
  readonly trials: number;
  /** What skews it, as `influencesOf` has it; 0 of probabilities, whose intervals ask for none. */
  readonly cubes: number;
}

/** The probability of exceeding each threshold: y is 1 beyond it. */
export function tailProbabilities(design: Design, values: Float64Array, thresholds: readonly number[]): TailFit[] {
  return tailFits(design, values, thresholds, false);
}

/** The excess over each threshold: y is (value − threshold)+. Thresholds are finite. */
export function tailExcesses(design: Design, values: Float64Array, thresholds: readonly number[]): TailFit[] {
  return tailFits(design, values, thresholds, true);
}

function tailFits(design: Design, values: Float64Array, thresholds: readonly number[], isExcess: boolean): TailFit[] {
  const upwards = thresholds.map((_, i) => i).sort((i, j) => thresholds[i] - thresholds[j]);
  const { regression } = design;
  const bands = bandsOf(
    values,
    Float64Array.from(upwards, (i) => thresholds[i]),
    isExcess,
  );
  const tails = meansOf(design, bands);
  const { means, squares, counts } = tails;
  const spreads = spreadsOf(design, bands, tails);
  const slopes = regression.directions.map((direction) => slopesOf(design, bands, means, direction));
  const leftOut = regression.jackknife === null ? null : slopesOf(design, bands, means, regression.jackknife);
  const isAsked = isExcess || regression.jackknife !== null;
  const influences = isAsked ? influencesOf(design, bands, tails, slopes) : null;
  const fits: TailFit[] = [];
  upwards.forEach((index, i) => {
    const k = i + 1;
    const fit = regression.conclude(
      spreads[k],
      slopes.map((of) => of[k]),
      leftOut?.[k] ?? 0,
    );
    const jackknifed = influences?.squares?.[k];
    const se = jackknifed === undefined ? fit.se : Math.sqrt(jackknifed) / design.groups.trials;
    const cubes = isExcess ? influences!.cubes[k] : 0;
    fits[index] = { mean: means[k], square: squares[k], trials: counts[k], shift: fit.shift, se, cubes };
  });
  return fits;
}

/** By band: Σ d_g · factor_g of its tail over all groups. */
function slopesOf(
  { groups, weights }: Design,
  bands: Bands,
  means: Float64Array,
  { sums: factors, bySize }: GroupFactors,
): Float64Array {
  const { of, count, values, bases, rises } = bands;
  const { trials, run } = groups;
  // By band: the sums of w · factor_g and w · offset · factor_g; only the second where offsets are all 1.
  const sums = new Float64Array(2 * count);
  for (let start = 0, g = 0; start < trials; start += run, g++) {
    const end = Math.min(start + run, trials);
    if (g === groups.count) g = 0;
    for (let trial = start; trial < end; trial++) {
      const band = of[trial];
      const value = weights === null ? factors[g] : weights[trial] * factors[g];
      if (values === null) sums[2 * band + 1] += value;
      else {
        sums[2 * band] += value;
        sums[2 * band + 1] += value * (values[trial] - bases[band]);
      }
    }
  }
  const slopes = new Float64Array(count);
  let [weight, sum] = [0, 0];
  for (let k = count - 1; k > 0; k--) {
    sum += rises[k] * weight + sums[2 * k + 1];
    weight += sums[2 * k];
    slopes[k] = sum - means[k] * bySize;
  }
  return slopes;
}
