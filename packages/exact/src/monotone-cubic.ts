/** Slopes at the midpoints in cells, to fourth order, held where a cubic between two midpoints stays monotone. */
export function slopesOf(cumulated: Float64Array): Float64Array {
  const last = cumulated.length - 1;
  const mass = (j: number) => (j <= 0 ? cumulated[0] : cumulated[Math.min(j, last)] - cumulated[Math.min(j, last) - 1]);
  return cumulated.map((_, j) => {
    const slope = (7 * (mass(j) + mass(j + 1)) - (mass(j - 1) + mass(j + 2))) / 12;
    return Math.min(Math.max(slope, 0), 3 * Math.min(mass(j), mass(j + 1)));
  });
}

/** The monotone cubic between midpoints j and j + 1 at t in [0, 1] (Fritsch and Carlson 1980). */
export function hermite(values: Float64Array, slopes: Float64Array, j: number, t: number): number {
  const rise = values[j + 1] - values[j];
  const first = slopes[j] - rise;
  const second = rise - slopes[j + 1];
  return values[j] + rise * t + t * (1 - t) * (first * (1 - t) + second * t);
}
