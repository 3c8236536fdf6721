import type { Grid } from "./grid.ts";

/** The masses of the part without atoms on a grid's points. */
export interface SmoothPart {
  readonly grid: Grid;
  readonly masses: Float64Array;
}

/** Cumulated masses at (start + j + 1/2) · step, and the integrals of (whole − cumulated) up to (start + j) · step. */
export interface Cumulated {
  readonly cumulated: Float64Array;
  readonly integrals: Float64Array;
}

export function cumulate(masses: Float64Array, step: number, whole: number, start: number): Cumulated {
  const cumulated = new Float64Array(masses.length);
  const integrals = new Float64Array(masses.length);
  let sum = 0;
  let integral = start * step * whole;
  for (let j = 0; j < masses.length; j++) {
    integrals[j] = integral;
    sum += masses[j];
    cumulated[j] = sum;
    integral += step * (whole - sum);
  }
  return { cumulated, integrals };
}

/** Points within which the distribution function may be moved by its correction. */
const NEAR = 2;
/** A smaller overshoot is rounding. */
const SEEN = 1e-9;

/** Takes a third of the difference between the lattices out of the finer one, and keeps it monotone. */
export function corrected(own: Cumulated, { masses, grid }: SmoothPart, whole: number, start: number) {
  const other = cumulate(masses, grid.step, whole, grid.start);
  const cells = own.cumulated.length;
  const cdfErrors = new Float64Array(cells);
  const integralErrors = new Float64Array(cells);
  for (let j = 0; j < cells; j++) {
    // The fine midpoint j + 1/2 lies a quarter of a coarse step from the coarse midpoint, 2i + 1 in fine steps.
    const i = Math.floor((j - 1) / 2);
    cdfErrors[j] = i < 1 || i + 2 >= other.cumulated.length ? 0 : (own.cumulated[j] - between(other, i, j % 2)) / 3;
    if (j % 2 === 0) integralErrors[j] = (own.integrals[j] - other.integrals[j / 2]) / 3;
  }
  for (let j = 1; j < cells; j += 2) {
    integralErrors[j] = j + 1 < cells ? (integralErrors[j - 1] + integralErrors[j + 1]) / 2 : integralErrors[j - 1];
  }
  const cumulated = new Float64Array(cells);
  const isHeld = new Uint8Array(cells);
  let largest = 0;
  for (let j = 0; j < cells; j++) {
    // Where mass is packed more densely than the lattices resolve, the correction would overshoot; a few steps further
    // the lattice itself knows better.
    const low = own.cumulated[Math.max(j - NEAR, 0)];
    const high = own.cumulated[Math.min(j + NEAR, cells - 1)];
    const wanted = own.cumulated[j] + cdfErrors[j];
    const value = Math.max(Math.min(wanted, high), Math.min(low, high));
    if (Math.abs(value - wanted) > SEEN) isHeld[j] = 1;
    largest = Math.min(whole, Math.max(largest, value));
    cumulated[j] = largest;
  }
  const integrals = own.integrals.map((integral, j) => integral + integralErrors[j]);
  // The first midpoints have no four neighbours to correct them by; the lattices' difference there is told as an error.
  if (start === 0) {
    for (let j = 0; j < Math.min(3, cells); j++) {
      const before = j === 0 ? 0 : other.cumulated[0];
      const after = other.cumulated[j === 0 ? 0 : 1];
      const t = j === 0 ? 0.5 : j === 1 ? 0.25 : 0.75;
      cdfErrors[j] = own.cumulated[j] - (before + t * (after - before));
    }
  }
  return {
    result: { cumulated, integrals },
    cdfErrors,
    /** 1 where the correction was held back: mass is packed more densely than the lattices resolve. */
    isHeld,
    integralErrors: integralErrors.map((error) => Math.abs(error)),
  };
}

/** The coarse lattice's cumulated masses a quarter step before (even) or after (odd) midpoint, by a cubic. */
function between({ cumulated }: Cumulated, i: number, parity: number): number {
  const t = parity === 1 ? 0.25 : 0.75;
  const [a, b, c, d] = [cumulated[i - 1], cumulated[i], cumulated[i + 1], cumulated[i + 2]];
  return (
    (-a * t * (t - 1) * (t - 2)) / 6 +
    (b * (t + 1) * (t - 1) * (t - 2)) / 2 -
    (c * (t + 1) * t * (t - 2)) / 2 +
    (d * (t + 1) * t * (t - 1)) / 6
  );
}
