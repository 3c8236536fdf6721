import { FOUND, type Sums, compiledSums, plainSums } from "./sums.ts";

/**
 * Mean and central sums of a sample: m2 = Σ(x − mean)², m3 = Σ(x − mean)³, m4 = Σ(x − mean)⁴. Of no values: n, mean and
 * sums 0, min Infinity, max −Infinity. Values are finite; where a power leaves the range of a double, sums are not
 * finite either (Infinity or NaN) and so is what is made of them.
 */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  readonly min: number;
  readonly max: number;
}

let sums: Sums | undefined;

/**
 * Moments of the first `count` values, in two passes: the second takes powers of distances from the first pass's mean
 * and then moves the sums to the mean that they imply, so that the rounding of the first pass cancels (the corrected
 * two-pass algorithm of Chan, Golub and LeVeque 1983, eq. 1.7, carried to the fourth power).
 */
export function momentsOf(values: Float64Array, count: number): Moments {
  sums ??= compiledSums() ?? plainSums();
  const { found } = sums;
  sums.range(values, count);
  const pivot = count === 0 ? 0 : found[FOUND.sum] / count;
  sums.powers(pivot);
  const s1 = found[FOUND.first];
  const s2 = found[FOUND.second];
  const s3 = found[FOUND.third];
  const s4 = found[FOUND.fourth];
  const e = count === 0 ? 0 : s1 / count;
  return {
    n: count,
    mean: pivot + e,
    m2: s2 - e * s1,
    m3: s3 - e * (3 * s2 - 2 * e * s1),
    m4: s4 - e * (4 * s3 - e * (6 * s2 - 3 * e * s1)),
    min: found[FOUND.least],
    max: found[FOUND.largest],
  };
}

/**
 * Moments of two samples together (Pébay 2008, SAND2008-6212, section 2: the pairwise formula for arbitrary
 * order, written out for 2, 3 and 4). Exact in real numbers; in doubles the order of merging matters to the last bits.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  const r = delta / n;
  const between = delta * r * a.n * b.n;
  const crossed2 = a.n * b.m2 - b.n * a.m2;
  const crossed3 = a.n * b.m3 - b.n * a.m3;
  return {
    n,
    mean: a.mean + r * b.n,
    m2: a.m2 + b.m2 + between,
    m3: a.m3 + b.m3 + between * r * (a.n - b.n) + 3 * r * crossed2,
    m4:
      a.m4 +
      b.m4 +
      between * r * r * (a.n * a.n - a.n * b.n + b.n * b.n) +
      6 * r * r * (a.n * a.n * b.m2 + b.n * b.n * a.m2) +
      4 * r * crossed3,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

/** The sample variance m2 / (n − 1); NaN for fewer than two values. */
export function variance({ n, m2 }: Moments): number {
  return n < 2 ? Number.NaN : m2 / (n - 1);
}

/** The sample standard deviation, the root of `variance`. */
export function sd(moments: Moments): number {
  return Math.sqrt(variance(moments));
}

/** sd / √n, the estimated standard deviation of the sample mean. */
export function standardErrorOfMean(moments: Moments): number {
  return sd(moments) / Math.sqrt(moments.n);
}

/**
 * The large-sample standard error of `sd`: √((μ₄ − μ₂²) / n) / (2 sd) with the population moments μ_k = m_k / n in the
 * numerator (Cramér 1946, section 27.4 for the variance of m₂, 28.3 for its root). 0 for values that are all equal.
 */
export function standardErrorOfSd(moments: Moments): number {
  const { n, m2, m4 } = moments;
  if (m2 === 0) return n < 2 ? Number.NaN : 0;
  const spread = Math.max(0, m4 / n - (m2 / n) * (m2 / n));
  return Math.sqrt(spread / n) / (2 * sd(moments));
}
