import type { ExactDistribution } from "../judge.ts";

/** Moments of min(max(X − from, 0), to − from). */
export interface LayerMoments {
  readonly mean: number;
  /** A bound on what `mean` may be wrong by. */
  readonly error: number;
  readonly sd: number;
  readonly skewness: number;
  /** Fourth central moment over sd⁴. */
  readonly kurtosis: number;
}

/** Nodes that leave a mean open by some 5e-4 of it, less than what 10^6 draws can tell. */
export const FINE = 16_384;

/** Nodes that are enough for a standard error. */
export const ROUGH = 1024;

/**
 * Moments of the part of X between two amounts, from its distribution function: E[Y^k] = ∫ k y^(k−1) P(X > from + y) dy.
 * The nodes are those of a midpoint rule in t with y = (to − from) t⁴, which follows a tail over many powers of ten.
 *
 * The bound on the mean's error adds up what a monotone function leaves open between the nodes, the distribution's
 * resolution, which moves it by at most as much as P(X > from) of it, and its error over the whole layer.
 */
export function layerMoments(distribution: ExactDistribution, from: number, to: number, nodes: number): LayerMoments {
  const { cdf, resolution, error } = distribution;
  const width = to - from;
  let [m1, m2, m3, m4] = [0, 0, 0, 0];
  let open = 0;
  let before = 1 - cdf(from);
  const beyond = before;
  let left = 0;
  for (let i = 0; i < nodes; i++) {
    const t = (i + 1) / nodes;
    const right = t * t * t * t * width;
    const y = (left + right) / 2;
    const after = 1 - cdf(from + right);
    const weight = (right - left) * (1 - cdf(from + y));
    m1 += weight;
    m2 += 2 * weight * y;
    m3 += 3 * weight * y * y;
    m4 += 4 * weight * y * y * y;
    open += ((right - left) * (before - after)) / 2;
    before = after;
    left = right;
  }
  const variance = Math.max(0, m2 - m1 * m1);
  const third = m3 - m1 * (3 * m2 - 2 * m1 * m1);
  const fourth = m4 - m1 * (4 * m3 - m1 * (6 * m2 - 3 * m1 * m1));
  const sd = Math.sqrt(variance);
  return {
    mean: m1,
    error: open + resolution * (beyond + error) + error * width,
    sd,
    skewness: sd > 0 ? third / (sd * variance) : 0,
    kurtosis: sd > 0 ? fourth / (variance * variance) : 1,
  };
}
