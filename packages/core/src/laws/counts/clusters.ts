import { log1p } from "../../math/log.ts";
import type { CountLaw } from "../law.ts";
import { completeLaw } from "./complete-law.ts";
import type { FrequencySpec } from "./index.ts";
import { logarithmicBase } from "./logarithmic.ts";
import { halfClusterBase } from "./numerics/half-cluster.ts";

/**
 * A count as a Poisson number of clusters of claims, each cluster of its own size, at least 1. What holds for a year then
 * holds for 4,096 years: 4,096 times as many clusters, each in a year of its own choice.
 */
export interface Clusters {
  /** Expected clusters a trial. */
  readonly rate: number;
  /** The law of a cluster's size; null where every cluster is one claim. */
  readonly size: CountLaw | null;
}

/** Below this, the smallest prob of a thinned negative binomial, the complement of prob decides too much by its last bits. */
const SMALLEST_PROB = 1e-6;

/**
 * The clusters of a count law each of whose claims is kept with probability `kept`; null where the law is no compound
 * Poisson law, or not one that is known here (Klugman, Panjer & Willmot, Loss Models, 7.1 and 7.3):
 * - Poisson: clusters of one claim;
 * - negative binomial: logarithmic clusters of prob q = beta / (1 + beta), at rate size · log(1 + beta);
 * - Poisson–inverse Gaussian: clusters of the extended truncated negative binomial law of r = −1/2 with s = 2 dispersion
 *   mean² and q = s / (1 + s), at rate 2 mean / (1 + √(1 + s)).
 */
export function clustersOf(spec: FrequencySpec, kept: number): Clusters | null {
  const { zeroInflated, zeroTruncated, zeroModified } = spec;
  if (zeroInflated !== undefined || zeroTruncated !== undefined || zeroModified !== undefined) return null;
  switch (spec.law) {
    case "poisson":
      return { rate: spec.lambda * kept, size: null };
    case "negativeBinomial":
      return logarithmicClusters(spec.size, spec.prob, kept);
    case "geometric":
      return logarithmicClusters(1, spec.prob, kept);
    case "poissonInverseGaussian":
      return inverseGaussianClusters(spec.mean, spec.dispersion, kept);
    default:
      return null;
  }
}

function logarithmicClusters(size: number, prob: number, kept: number): Clusters | null {
  const beta = ((1 - prob) / prob) * kept;
  if (beta === 0) return { rate: 0, size: null };
  if (beta * SMALLEST_PROB > 1) return null;
  return { rate: size * log1p(beta), size: completeLaw(logarithmicBase(beta / (1 + beta))) };
}

function inverseGaussianClusters(mean: number, dispersion: number, kept: number): Clusters {
  if (kept === 0) return { rate: 0, size: null };
  const s = 2 * dispersion * mean * mean * kept;
  return { rate: (2 * mean * kept) / (1 + Math.sqrt(1 + s)), size: completeLaw(halfClusterBase(s)) };
}
