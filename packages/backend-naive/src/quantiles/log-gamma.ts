import gammaln from "@stdlib/math-base-special-gammaln";

/** ln of Γ(a) e^a a^(−a): small where Γ(a) is huge, so that no digits are lost there. */
export function logScaledGamma(a: number): number {
  if (a < 20) return gammaln(a) + a - a * Math.log(a);
  const square = 1 / (a * a);
  // Stirling's series: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 6.1.41.
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / a;
  return 0.5 * Math.log((2 * Math.PI) / a) + series;
}
