/**
 * E[min(X, d)] for X = location + scale · Z with Z symmetric about 0, z = (d − location) / scale and
 * excess(z) = E[max(Z − z, 0)] for z >= 0: the smaller of two corrections, so that nothing cancels but against location.
 */
export function limitedOfSymmetric(
  d: number,
  location: number,
  scale: number,
  z: number,
  excess: (z: number) => number,
): number {
  return z < 0 ? d - scale * excess(-z) : location - scale * excess(z);
}
