import { cos } from "../../math/trigonometric.ts";

/** Interpolation by a polynomial of degree n − 1 on [−½, ½]. */
export interface Interpolation {
  /** The n Chebyshev points, ascending. */
  readonly nodes: Float64Array;
  /** From values at the nodes to coefficients: that of power k is the sum of value j times entry k · n + j. */
  readonly toPowers: Float64Array;
  /**
   * Writes the coefficients of 1, d, d² … to out[at ..] for the polynomial through `values` at the nodes; coefficient k
   * times `scale`^k, so that a wider interval's d can be the argument.
   */
  readonly write: (values: Float64Array, out: Float64Array, at: number, scale?: number) => void;
}

/** The interpolation at n points. Values are taken relative to one of them: rounding is that of their differences. */
export function interpolation(n: number): Interpolation {
  const nodes = Float64Array.from({ length: n }, (_, k) => -0.5 * cos((Math.PI * (2 * k + 1)) / (2 * n)));
  const toPowers = powersOf(n, nodes);
  const middle = n >> 1;
  return {
    nodes,
    toPowers,
    write(values, out, at, scale = 1) {
      const reference = values[middle];
      let factor = 1;
      for (let k = 0; k < n; k++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += toPowers[k * n + j] * (values[j] - reference);
        out[at + k] = k === 0 ? reference + sum : sum * factor;
        factor *= scale;
      }
    },
  };
}

/** The matrix from values at the nodes to coefficients: through Chebyshev's polynomials of 2d (Rivlin 1974, 1.3). */
function powersOf(n: number, nodes: Float64Array): Float64Array {
  const matrix = new Float64Array(n * n);
  let before = new Float64Array(n);
  let polynomial = new Float64Array(n);
  polynomial[0] = 1;
  for (let degree = 0; degree < n; degree++) {
    for (let j = 0; j < n; j++) {
      const weight = ((degree === 0 ? 1 : 2) / n) * evaluate(polynomial, nodes[j]);
      for (let k = 0; k <= degree; k++) matrix[k * n + j] += weight * polynomial[k];
    }
    // T of the next degree is 2 · 2d · T − T of the one before; the first is 2d.
    const next = new Float64Array(n);
    for (let k = 1; k < n; k++) next[k] = (degree === 0 ? 2 : 4) * polynomial[k - 1];
    for (let k = 0; k < n; k++) next[k] -= before[k];
    before = polynomial;
    polynomial = next;
  }
  return matrix;
}

function evaluate(coefficients: Float64Array, d: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * d + coefficients[i];
  return value;
}
