import type { SmoothPart } from "./cumulated-masses.ts";
import { type DistributionTable, TIE } from "./distribution-table.ts";

/** A point may miss the lattice by this part of a step and still be on it. */
const ROUNDING = 1e-9;

/** Smaller masses are rounding. */
const LEAST = 1e-18;

/** The table of a total all of whose mass is on the lattice: exact but for rounding. */
export function latticeTable({ grid, masses }: SmoothPart): DistributionTable {
  const { step, start, cells } = grid;
  const cumulated = new Float64Array(cells);
  const integrals = new Float64Array(cells + 1);
  integrals[0] = start * step;
  let sum = 0;
  for (let j = 0; j < cells; j++) {
    sum += Math.max(masses[j], 0);
    cumulated[j] = Math.min(sum, 1);
    integrals[j + 1] = integrals[j] + step * (1 - cumulated[j]);
  }
  const placeOf = (x: number) => Math.floor(x / step + ROUNDING) - start;
  return {
    cdf: (x) => {
      const j = placeOf(x);
      return j < 0 ? 0 : cumulated[Math.min(j, cells - 1)];
    },
    limited: (x) => {
      if (x <= start * step) return Math.max(x, 0);
      const j = Math.min(placeOf(x), cells - 1);
      return integrals[j] + (x - (start + j) * step) * (1 - cumulated[j]);
    },
    quantile: (p) => {
      const j = cumulated.findIndex((value) => value >= p - TIE);
      return j < 0 ? Infinity : (start + j) * step;
    },
    cdfError: () => 0,
    limitedError: () => 0,
    unresolved: () => 0,
    error: 0,
    errorBeyond: () => 0,
    resolution: ROUNDING * step,
    integralOfErrors: 0,
    highestDensity: 0,
    blurred: 0,
    atoms: Array.from(masses, (mass, j) => ({ at: (start + j) * step, mass })).filter(({ mass }) => mass > LEAST),
    upTo: (start + cells - 1) * step,
    step,
    points: cells,
    isLattice: true,
  };
}
