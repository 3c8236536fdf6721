import { sumOf } from "@lossmill/core/math";
/** The positive nodes of Gauss–Legendre quadrature with 16 points on [−1, 1], and their weights (DLMF 3.5.v). */
const NODES = Float64Array.of(
  0.09501250983763744,
  0.2816035507792589,
  0.45801677765722737,
  0.6178762444026438,
  0.755404408355003,
  0.8656312023878318,
  0.9445750230732326,
  0.9894009349916499,
);
const WEIGHTS = Float64Array.of(
  0.1894506104550685,
  0.18260341504492358,
  0.16915651939500254,
  0.14959598881657674,
  0.12462897125553388,
  0.09515851168249279,
  0.062253523938647894,
  0.027152459411754096,
);

const PRECISION = 1e-13;
const MOST_HALVINGS = 48;
/** Noise in f must not be halved for ever. */
const MOST_PANELS = 20_000;

function gaussLegendre(f: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / 2;
  const middle = from + half;
  let sum = 0;
  for (let i = 0; i < NODES.length; i++) {
    sum += WEIGHTS[i] * (f(middle - half * NODES[i]) + f(middle + half * NODES[i]));
  }
  return half * sum;
}

/**
 * The integral of f over [from, to]: by halves until two of them agree with their whole to 1e-13 of `scale`, which is
 * about what the whole integral is.
 */
function adaptive(f: (x: number) => number, from: number, to: number, scale: number): number {
  let panels = 0;
  const refine = (start: number, end: number, whole: number, halvings: number): number => {
    panels += 2;
    const middle = start + (end - start) / 2;
    const left = gaussLegendre(f, start, middle);
    const right = gaussLegendre(f, middle, end);
    const sum = left + right;
    if (halvings === 0 || panels > MOST_PANELS || Math.abs(sum - whole) <= PRECISION * Math.max(scale, sum)) return sum;
    return refine(start, middle, left, halvings - 1) + refine(middle, end, right, halvings - 1);
  };
  return refine(from, to, gaussLegendre(f, from, to), MOST_HALVINGS);
}

/** The integral of f >= 0 over [from, to], split at `breaks`; relative error about 1e-13. `to` is finite. */
export function integral(f: (x: number) => number, from: number, to: number, breaks: readonly number[]): number {
  if (!(to > from)) return 0;
  const inside = breaks.filter((x) => x > from && x < to);
  // Doubling pieces see a bulk that is a small part of the interval.
  for (let x = (to - from) / 2; x > (to - from) * 1e-9; x /= 4) inside.push(from + x);
  const ends = [...new Set([from, ...inside, to])].sort((a, b) => a - b);
  const rough = ends.slice(1).map((end, i) => gaussLegendre(f, ends[i], end));
  const scale = sumOf(rough);
  return sumOf(ends.slice(1), (end, i) => adaptive(f, ends[i], end, scale));
}
