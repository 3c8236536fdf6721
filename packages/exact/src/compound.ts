import { cos, exp, sin } from "@lossmill/core/math";
import type { Amount, Atom } from "./amount.ts";
import type { Book, Counted } from "./book.ts";
import { cellAverages, type Weighted } from "./cell-averages.ts";
import { complex } from "./complex.ts";
import type { Grid } from "./grid.ts";
import { emptySpectrum, sequenceOf, type Spectrum, spectrumOf } from "./transform.ts";

/** The masses of a weighted sum of laws on a grid's lattice from 0 on, and the weight of all that is not at 0. */
interface Masses {
  readonly masses: Float64Array;
  readonly away: number;
}

/** Which part of each amount's law is taken. */
export type Part = "all" | "atoms";

/**
 * The masses of a book's total on the points of each of `grids` (the same stretch, each with twice the step of the one
 * before). Amounts are split between their neighbours in the lattice with their mean kept (Gerber 1982, Insurance:
 * Mathematics and Economics 1, 13), which errs by a multiple of step². With the part "atoms", only years count in which
 * every amount is one of its law's atoms.
 */
export function compound(book: Book, grids: readonly Grid[], part: Part = "all"): Float64Array[] {
  const totals = grids.map((grid) => emptyLog(grid));
  if (book.pool.length > 0) {
    for (const [g, masses] of discretised(book.pool, grids, part).entries()) totals[g].addPool(masses);
  }
  for (const { amount, counts } of book.components) {
    for (const [g, masses] of discretised([{ amount, weight: 1 }], grids, part).entries()) {
      totals[g].addCounted(masses, counts);
    }
  }
  return totals.map((total) => total.masses());
}

/** The logarithm of a total's transform, to which components are added. */
function emptyLog({ size, cells, start, tilt }: Grid) {
  const log = emptySpectrum(size);
  const spectrum = emptySpectrum(size);
  const padded = new Float64Array(size);
  const damping = Float64Array.from({ length: cells }, (_, j) => exp((-tilt * j) / size));

  /** Leaves the transform of all that is not at 0 in `spectrum`. */
  const transform = ({ masses }: Masses): void => {
    padded[0] = 0;
    for (let j = 1; j < cells; j++) padded[j] = masses[j] * damping[j];
    spectrumOf(padded, spectrum);
  };

  return {
    addPool: (masses: Masses): void => {
      transform(masses);
      for (let k = 0; k < log.re.length; k++) {
        log.re[k] += spectrum.re[k] - masses.away;
        log.im[k] += spectrum.im[k];
      }
    },
    addCounted: (masses: Masses, counts: readonly Counted[]): void => {
      transform(masses);
      for (const counted of counts) addLogs(log, spectrum, masses.away, counted);
    },
    masses: (): Float64Array => {
      for (let k = 0; k < log.re.length; k++) {
        const real = exp(log.re[k] + (tilt * start) / size);
        const angle = log.im[k];
        spectrum.re[k] = real === 0 ? 0 : real * cos(angle);
        spectrum.im[k] = real === 0 ? 0 : real * sin(angle);
      }
      const sequence = sequenceOf(spectrum);
      return damping.map((factor, j) => sequence[(start + j) % size] / factor);
    },
  };
}

function addLogs(log: Spectrum, spectrum: Spectrum, away: number, { pgf, copies }: Counted): void {
  const out = complex();
  for (let k = 0; k < log.re.length; k++) {
    pgf.log(away - spectrum.re[k], -spectrum.im[k], out);
    log.re[k] += copies * out[0];
    log.im[k] += copies * out[1];
  }
}

/** The masses of a weighted sum of laws on each grid. */
function discretised(sources: readonly Weighted[], grids: readonly Grid[], part: Part): Masses[] {
  const isListed = ({ amount }: Weighted) => part === "atoms" || amount.isDiscrete;
  const listed = sources.filter(isListed);
  const smooth = sources.filter((source) => !isListed(source));
  let averages = smooth.length > 0 ? cellAverages(smooth, grids[0]) : undefined;
  return grids.map((grid, g) => {
    if (g > 0 && averages !== undefined) averages = halved(averages);
    const masses = new Float64Array(grid.cells);
    let away = 0;
    if (averages !== undefined) {
      away = averages[0];
      for (let j = 1; j < grid.cells; j++) masses[j] = averages[j - 1] - averages[j];
    }
    for (const { amount, weight } of listed) away += addAtoms(masses, amount, weight, grid.step);
    return { masses, away };
  });
}

/** Averages over cells of twice the width. */
function halved(averages: Float64Array): Float64Array {
  return Float64Array.from({ length: averages.length / 2 }, (_, j) => (averages[2 * j] + averages[2 * j + 1]) / 2);
}

/** Adds an amount's atoms, each split between two lattice points; returns the weight that is not at 0. */
function addAtoms(masses: Float64Array, amount: Amount, weight: number, step: number): number {
  const positive = amount.atoms.filter(({ at }) => at > 0);
  const atZero = splitAtoms(masses, positive, weight, step);
  return weight * amount.survival(0) - atZero;
}

/** A point within this part of a step of the lattice is on it. */
const ON_LATTICE = 1e-9;

/** Adds atoms to lattice masses from 1 on, each split between its neighbours with its mean kept; returns what 0 gets. */
export function splitAtoms(masses: Float64Array, atoms: readonly Atom[], weight: number, step: number): number {
  let atZero = 0;
  const add = (j: number, mass: number) => {
    if (j === 0) atZero += mass;
    else if (j < masses.length) masses[j] += mass;
  };
  for (const { at, mass } of atoms) {
    const place = at / step;
    const below = Math.floor(place + ON_LATTICE);
    const share = Math.max(place - below, 0);
    const upper = share < ON_LATTICE ? 0 : share;
    add(below, weight * mass * (1 - upper));
    if (upper > 0) add(below + 1, weight * mass * upper);
  }
  return atZero;
}
