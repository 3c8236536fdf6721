import { checkWeights, defineLaw, reals, weights } from "../define-law.ts";
import type { Complaint } from "../define-law.ts";
import type { Tail } from "../law.ts";
import { continuous } from "./numerics/continuous.ts";
import { countUpTo, cumulative, placeOf, runningSums } from "./numerics/cumulative.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";

/**
 * Uniform between successive `edges`, with probabilities proportional to `weights` (one fewer). A flat piece of the cdf
 * (weight 0) is skipped: a quantile at its level is the lower end of the piece.
 *
 * Source: the ogive of Klugman, Panjer and Willmot, Loss models, definition 13.8. Breaks nowhere.
 */
export const histogram = defineLaw(
  "histogram",
  { edges: reals().min(2), weights: weights() },
  ({ edges, weights: given }) => histogramSeverity(edges, given),
  ({ edges, weights: given }) => {
    const complaints: Complaint[] = checkWeights("intervals between edges", edges.length - 1, given);
    if (edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]))) complaints.push(["edges", "must increase strictly"]);
    return complaints;
  },
);

function histogramSeverity(given: readonly number[], weightsOfBins: readonly number[]): PiecewiseSeverity {
  const first = weightsOfBins.findIndex((weight) => weight > 0);
  const last = weightsOfBins.findLastIndex((weight) => weight > 0);
  const edges = Float64Array.from(given.slice(first, last + 2));
  const table = cumulative(weightsOfBins.slice(first, last + 1));
  const { probabilities, before, after } = table;
  const width = (bin: number): number => edges[bin + 1] - edges[bin];
  const sums = runningSums(probabilities.map((probability, i) => probability * (edges[i] + width(i) / 2)));
  const mean = sums[probabilities.length];
  const variances = probabilities.map((probability, i) => {
    const distance = edges[i] + width(i) / 2 - mean;
    return probability * (distance * distance + (width(i) * width(i)) / 12);
  });
  /** The bin of an x inside the support. */
  const binOf = (x: number): number => Math.min(countUpTo(edges, x), probabilities.length) - 1;
  const quantile = (p: number, tail: Tail): number => {
    const bin = placeOf(table, p, tail);
    if (tail === "lower") return edges[bin] + ((p - before[bin]) / probabilities[bin]) * width(bin);
    return edges[bin + 1] - ((p - after[bin + 1]) / probabilities[bin]) * width(bin);
  };
  const law = continuous({
    lower: edges[0],
    upper: edges[edges.length - 1],
    mean,
    variance: runningSums(variances)[probabilities.length],
    tailIndex: Infinity,
    density: (x) => probabilities[binOf(x)] / width(binOf(x)),
    cdf: (x) => before[binOf(x)] + (probabilities[binOf(x)] * (x - edges[binOf(x)])) / width(binOf(x)),
    survival: (x) => after[binOf(x) + 1] + (probabilities[binOf(x)] * (edges[binOf(x) + 1] - x)) / width(binOf(x)),
    quantile,
    limitedExpectedValue: (d) => {
      const bin = binOf(d);
      const inBin = d - ((d - edges[bin]) / width(bin)) * ((d - edges[bin]) / 2);
      return sums[bin] + probabilities[bin] * inBin + d * after[bin + 1];
    },
  });
  return { ...law, kinks: [...edges] };
}
