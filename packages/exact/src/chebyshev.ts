import { cos } from "@lossmill/core/math";

/** How many points a function is sampled at on an interval: its interpolant has one degree less. */
export const NODES = 16;

/** The Chebyshev points of the first kind on [−1, 1], in ascending order. */
export const POINTS = Float64Array.from({ length: NODES }, (_, i) => -cos(((i + 0.5) * Math.PI) / NODES));

/** Where an interpolant is compared with its function: near the ends, and between points in the middle. */
const CHECKS = Float64Array.of(-1, -0.93, -0.72, -0.38, 0.004, 0.37, 0.68, 0.91, 1);

/** T_k at the points and at the checks, k = 0 … NODES − 1, by rows of NODES. */
const atPoints = Float64Array.from({ length: NODES * NODES }, (_, i) =>
  cos((i % NODES) * (Math.PI - ((Math.floor(i / NODES) + 0.5) * Math.PI) / NODES)),
);

/** Coefficients a[0] … of the interpolant Σ a[k] T_k through `values` at POINTS. */
export function coefficients(values: Float64Array): Float64Array {
  const result = new Float64Array(NODES);
  for (let k = 0; k < NODES; k++) {
    let sum = 0;
    for (let i = 0; i < NODES; i++) sum += values[i] * atPoints[i * NODES + k];
    result[k] = ((k === 0 ? 1 : 2) / NODES) * sum;
  }
  return result;
}

/** Σ a[k] T_k(t) by Clenshaw's recurrence. */
export function chebyshevSum(a: Float64Array, t: number): number {
  let last = 0;
  let before = 0;
  for (let k = a.length - 1; k > 0; k--) {
    const next = 2 * t * last - before + a[k];
    before = last;
    last = next;
  }
  return t * last - before + a[0];
}

/** Gauss–Legendre quadrature with 8 points, exact to degree 15: that of the interpolants (DLMF 3.5.v). */
const GAUSS = Float64Array.of(0.18343464249564978, 0.525532409916329, 0.7966664774136267, 0.9602898564975363);
const GAUSS_WEIGHTS = Float64Array.of(0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626);

/**
 * Coefficients of t ↦ the average of Σ a[k] T_k over [t − width, t + width]. A difference of antiderivatives would be
 * the same, less the digits that it loses where the width is tiny.
 */
export function averaged(a: Float64Array, width: number): Float64Array {
  const values = POINTS.map((t) => {
    let sum = 0;
    for (let i = 0; i < GAUSS.length; i++) {
      const shift = width * GAUSS[i];
      sum += (GAUSS_WEIGHTS[i] / 2) * (chebyshevSum(a, t - shift) + chebyshevSum(a, t + shift));
    }
    return sum;
  });
  return coefficients(values);
}

/** For each check, the weights that make the interpolant's value there of the values at POINTS. */
const checkWeights = Array.from(CHECKS, (check) =>
  Float64Array.from({ length: NODES }, (_unused, i) => {
    const unit = new Float64Array(NODES);
    unit[i] = 1;
    return chebyshevSum(coefficients(unit), check);
  }),
);

/** Whether the interpolant through `values` meets f within `tolerance` at every check, f taken on [−1, 1]. */
export function fits(values: Float64Array, f: (t: number) => number, tolerance: number): boolean {
  for (let c = 0; c < CHECKS.length; c++) {
    let sum = 0;
    const weights = checkWeights[c];
    for (let i = 0; i < NODES; i++) sum += weights[i] * values[i];
    if (!(Math.abs(sum - f(CHECKS[c])) <= tolerance)) return false;
  }
  return true;
}
