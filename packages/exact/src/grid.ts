/**
 * The lattice on which a total is computed: points (start + j) · step for j = 0 … cells − 1. Beyond the cells the
 * transform is padded to `size`, a power of two, so that what wraps around is a sum of at least two such stretches.
 */
export interface Grid {
  readonly step: number;
  readonly start: number;
  readonly cells: number;
  readonly size: number;
  /**
   * Masses are multiplied by e^(−tilt · j / size) before the transform and divided by it after: what wraps around, the
   * total beyond the stretch of `size`, is damped by e^−tilt (Grübel and Hermesmeier 1999, ASTIN Bulletin 29, 197).
   */
  readonly tilt: number;
}

/** A grid of at least `cells` cells, whose number is a multiple of 64. */
export function gridOf(step: number, start: number, cells: number, tilt: number): Grid {
  const whole = 64 * Math.ceil(cells / 64);
  let size = 128;
  while (size < 2 * whole) size *= 2;
  return { step, start, cells: whole, size, tilt };
}

/** The grid of twice the step over the same stretch; its other tilt makes what wraps around show as a difference. */
export function coarser({ step, start, cells, size, tilt }: Grid): Grid {
  return { step: 2 * step, start: start / 2, cells: cells / 2, size: size / 2, tilt: tilt * 1.1 };
}
