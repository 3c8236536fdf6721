import { cos, exp, sin, sumOf } from "@lossmill/core/math";
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
  /** The weight of all amounts above 0: `away` and what splitting has put at 0. */
  readonly above: number;
  /** By how much the lattice's second moment is too large, where asked for; else 0. */
  readonly excess: number;
}

export interface CompoundOptions {
  /** Which part of each amount's law is taken; "atoms": only years in which every amount is one of its law's atoms. */
  readonly part?: "all" | "atoms";
  /** Whether the variance that splitting adds to each amount is taken out again: for totals without atoms. */
  readonly isCorrected?: boolean;
}

/**
 * The masses of a book's total on the points of each of `grids` (the same stretch, each with twice the step of the one
 * before). Amounts are split between their neighbours in the lattice with their mean kept (Gerber 1982, Insurance:
 * Mathematics and Economics 1, 13), which errs by a multiple of step².
 */
export function compound(book: Book, grids: readonly Grid[], options: CompoundOptions = {}): Float64Array[] {
  const totals = grids.map((grid) => emptyLog(grid));
  if (book.pool.length > 0) {
    for (const [g, masses] of discretised(book.pool, grids, options).entries()) totals[g].addPool(masses);
  }
  for (const { amount, counts } of book.components) {
    for (const [g, masses] of discretised([{ amount, weight: 1 }], grids, options).entries()) {
      totals[g].addCounted(masses, counts);
    }
  }
  return totals.map((total) => total.masses());
}

/** The logarithm of a total's transform, to which components are added. */
function emptyLog(grid: Grid) {
  const { size, cells, start, tilt } = grid;
  const log = emptySpectrum(size);
  const spectrum = emptySpectrum(size);
  const padded = new Float64Array(size);
  const damping = new Float64Array(cells);
  for (let j = 0; j < cells; j++) damping[j] = exp((-tilt * j) / size);

  /** Leaves the transform of all that is not at 0 in `spectrum`. */
  const transform = (laws: Masses): void => {
    padded[0] = 0;
    for (let j = 1; j < cells; j++) padded[j] = laws.masses[j] * damping[j];
    spectrumOf(padded, spectrum);
    if (laws.excess > 0 && laws.above > 0) narrow(spectrum, grid, laws);
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
      const masses = damping.map((factor, j) => sequence[(start + j) % size] / factor);
      // What narrowing has put before 0 is a part of what is near 0.
      if (start === 0) for (let j = 1; j <= BEFORE_ZERO; j++) masses[0] += sequence[size - j] * damping[j];
      return masses;
    },
  };
}

/** A sum of so many amounts near 0 is looked for before 0. */
const BEFORE_ZERO = 16;

function addLogs(log: Spectrum, spectrum: Spectrum, away: number, { pgf, copies }: Counted): void {
  const out = complex();
  for (let k = 0; k < log.re.length; k++) {
    pgf.log(away - spectrum.re[k], -spectrum.im[k], out);
    log.re[k] += copies * out[0];
    log.im[k] += copies * out[1];
  }
}

/** Splitting adds at most a quarter of step² to a second moment. */
const MOST_EXCESS = 0.25;

/**
 * Takes the excess out of the second moment of the amounts above 0: convolves them with 1 + e / 4 at 0 and −e / 8 two
 * steps up and down, whose transform is 1 + e / 4 (1 − cosh 2w) with w the tilt of a step and its angle. Where densities
 * are smooth, the error of splitting falls from order step² to step⁴; where the step is far longer than an amount, all of
 * the variance that it has put into a total of many amounts goes. Two steps and not one: with one, the transform of
 * amounts far shorter than a step is 1 at the highest frequency, and the total rings.
 */
function narrow({ re, im }: Spectrum, { size, step, tilt }: Grid, { away, above, excess }: Masses): void {
  const e = Math.min(excess / (above * step * step), MOST_EXCESS) / 4;
  const up = exp((2 * tilt) / size);
  const cosh = (up + 1 / up) / 2;
  const sinh = (up - 1 / up) / 2;
  const atZero = above - away;
  for (let k = 0; k < re.length; k++) {
    const angle = (2 * Math.PI * k) / size;
    const half = sin(angle);
    // 1 − cosh(2 tilt) cos(2 angle), without cancellation.
    const real = e * (2 * half * half * cosh + (1 - cosh));
    const imaginary = -e * sinh * sin(2 * angle);
    const wholeRe = atZero + re[k];
    const wholeIm = im[k];
    re[k] += wholeRe * real - wholeIm * imaginary;
    im[k] += wholeRe * imaginary + wholeIm * real;
  }
}

/** The masses of a weighted sum of laws on each grid. */
function discretised(sources: readonly Weighted[], grids: readonly Grid[], options: CompoundOptions): Masses[] {
  const { part = "all", isCorrected = false } = options;
  const isListed = ({ amount }: Weighted) => part === "atoms" || amount.isDiscrete;
  const listed = sources.filter(isListed);
  const smooth = sources.filter((source) => !isListed(source));
  const sampled = smooth.length > 0 ? cellAverages(smooth, grids[0], isCorrected) : undefined;
  const hasMoment = isCorrected && smooth.every(({ amount }) => amount.isSmooth);
  const found: Masses[] = [];
  let averages = sampled?.averages;
  for (const { cells, step } of grids) {
    if (found.length > 0 && averages !== undefined) averages = halved(averages);
    const masses = new Float64Array(cells);
    let away = 0;
    let excess = 0;
    if (averages !== undefined && sampled !== undefined) {
      away = averages[0];
      for (let j = 1; j < cells; j++) masses[j] = averages[j - 1] - averages[j];
      if (hasMoment) excess = secondMoment(averages, step) - 2 * sampled.moment;
    }
    for (const { amount, weight } of listed) {
      away += addAtoms(masses, amount, weight, step);
      if (isCorrected) excess += weight * splittingVariance(amount.atoms, cells, step);
    }
    const above = sumOf(sources, ({ amount, weight }) => weight * amount.survival(0));
    found.push({ masses, away, above, excess });
  }
  return found;
}

/** The second moment, up to the last cell, of the law on the lattice with these average survivals. */
function secondMoment(averages: Float64Array, step: number): number {
  let sum = 0;
  for (let j = averages.length - 1; j >= 0; j--) sum += (2 * j + 1) * averages[j];
  return sum * step * step;
}

/** What splitting adds to the second moment of atoms. */
function splittingVariance(atoms: readonly Atom[], cells: number, step: number): number {
  return sumOf(atoms, ({ at, mass }) => {
    const share = at / step - Math.floor(at / step);
    return at < cells * step ? mass * share * (1 - share) * step * step : 0;
  });
}

/** Averages over cells of twice the width. */
function halved(averages: Float64Array): Float64Array {
  const result = new Float64Array(averages.length / 2);
  for (let j = 0; j < result.length; j++) result[j] = (averages[2 * j] + averages[2 * j + 1]) / 2;
  return result;
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
