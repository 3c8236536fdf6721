import { readFileSync } from "node:fs";

/** A sample of fixtures/vectors/riskmeasures.json (exact rationals rounded once) with what is checked here. */
export interface Sample {
  readonly name: string;
  readonly sample: readonly number[];
  readonly n: number;
  readonly mean: number;
  readonly variancePopulation: number;
  readonly varianceSample?: number;
  readonly sdSample?: number;
  readonly seMean?: number;
  readonly skewnessPopulation?: number;
  readonly kurtosisExcessPopulation?: number;
  readonly quantiles: readonly { readonly p: number; readonly inverted_cdf: number; readonly boundary: boolean }[];
  readonly tail: readonly {
    readonly p: number;
    readonly var: number;
    readonly tvar: number;
    readonly seTvarInfluence?: number;
  }[];
  readonly orderStatisticCI95?: readonly {
    readonly p: number;
    readonly lowerRank: number | null;
    readonly upperRank: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
    readonly coverage?: number;
  }[];
}

/** A sample with weights: its figures are those of the weights divided by their sum. */
export interface WeightedSample extends Pick<Sample, "name" | "sample" | "n" | "mean" | "quantiles" | "tail"> {
  readonly weights: readonly number[];
  readonly sumWeights: number;
  readonly seMeanUnnormalised: { readonly value: number; readonly se: number | "NaN" };
}

const url = new URL("../../../../fixtures/vectors/riskmeasures.json", import.meta.url);
export const { samples, weighted } = JSON.parse(readFileSync(url, "utf8")) as {
  samples: readonly Sample[];
  weighted: readonly WeightedSample[];
};

/** |a − b| relative to b; 0 where both are 0. */
export function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}
