import type { Moments } from "@lossmill/core";

/** Third central moment over sd³; 0 where all values are equal. */
export function skewnessOf({ n, m2, m3 }: Moments): number {
  return m2 > 0 ? (m3 / n / (m2 / n)) * Math.sqrt(n / m2) : 0;
}

/** Fourth central moment over sd⁴; 1, the smallest that there is, where all values are equal. */
export function kurtosisOf({ n, m2, m4 }: Moments): number {
  return m2 > 0 ? (m4 * n) / (m2 * m2) : 1;
}
