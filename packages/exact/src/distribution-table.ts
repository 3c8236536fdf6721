import type { Atom } from "./amount.ts";
import { corrected, cumulate, type SmoothPart } from "./cumulated-masses.ts";
import { hermite, slopesOf } from "./monotone-cubic.ts";
import { largestOf, sumOf } from "@lossmill/core/math";

/** The distribution of a total over a stretch, from its masses on two lattices and its atoms. */
export interface DistributionTable {
  /** P(X <= x), for x up to `upTo`. */
  readonly cdf: (x: number) => number;
  /** E[min(X, x)], for x up to `upTo`. */
  readonly limited: (x: number) => number;
  /** The smallest x with P(X <= x) >= p; Infinity where that is beyond `upTo`. */
  readonly quantile: (p: number) => number;
  /** An estimate of |cdf(x) − P(X <= x)| but for what lies within a few steps of x. */
  readonly cdfError: (x: number) => number;
  /** An estimate of |limited(x) − E[min(X, x)]|. */
  readonly limitedError: (x: number) => number;
  /**
   * Whether mass near x is packed more densely than the lattice resolves: it is known up to `resolution` where it lies, and
   * beyond that the distribution function up to this; 0 where the lattice resolves it.
   */
  readonly unresolved: (x: number) => number;
  /** A bound of what the distribution function may be wrong by everywhere, when mass may be misplaced by `resolution`. */
  readonly error: number;
  /** The same, from x on. */
  readonly errorBeyond: (x: number) => number;
  readonly resolution: number;
  /** The integral of the absolute error of the distribution function. */
  readonly integralOfErrors: number;
  /** The largest probability of an interval per length, but for atoms. */
  readonly highestDensity: number;
  /** The part of what is not listed as atoms that is known to be atoms, whose places are blurred. */
  readonly blurred: number;
  readonly atoms: readonly Atom[];
  readonly upTo: number;
  readonly step: number;
  /** Points of the lattice. */
  readonly points: number;
  /** Whether all mass is known to be on the lattice. */
  readonly isLattice: boolean;
}

/** A level within this much of the distribution function at an atom is reached there. */
export const TIE = 1e-12;

/**
 * The table of a total with `atoms` and a smooth part on a fine lattice and one of twice the step. Cumulated
 * masses are the distribution function between the points, their sums its integral at the points, each to order
 * step²; two lattices give the error of that order, which is taken out (Richardson) and reported. `unlisted` is the mass of
 * atoms that are not among `atoms`; errors at a place are told `doubt` times as large.
 */
export function distributionTable(
  atoms: readonly Atom[],
  fine: SmoothPart,
  coarse: SmoothPart,
  { unlisted, doubt }: { readonly unlisted: number; readonly doubt: number },
): DistributionTable {
  const { grid } = fine;
  const { step, start, cells } = grid;
  const whole = Math.max(0, 1 - sumOf(atoms, ({ mass }) => mass));
  const own = cumulate(fine.masses, step, whole, start);
  const corrections = corrected(own, coarse, whole, start);
  const { cumulated, integrals } = corrections.result;
  const isBlurred = unlisted > NEGLIGIBLE;
  const resolution = isBlurred ? BLURRED : RESOLUTION;
  const origin = start * step;
  const upTo = (start + cells - 2) * step;
  const { upToAtom, massBefore, limitedAtoms } = prefixSums(atoms);
  const slopes = slopesOf(cumulated);

  /** The smooth part's distribution function. */
  const smooth = (x: number): number => {
    const place = (x - origin) / step - 0.5;
    if (place < 0) return start > 0 ? 0 : Math.max(0, cumulated[0] * (2 * place + 1));
    const j = Math.min(Math.floor(place), cells - 2);
    return hermite(cumulated, slopes, j, Math.min(place - j, 1));
  };
  const cdf = (x: number): number => Math.min(1, massBefore[upToAtom(x)] + smooth(x));

  const limited = (x: number): number => {
    if (x <= 0) return 0;
    if (x <= origin) return x;
    const place = Math.min((x - origin) / step, cells - 2);
    const j = Math.floor(place);
    const u = place - j;
    const slope = j === 0 ? 0 : (cumulated[j] - cumulated[j - 1] + cumulated[j + 1] - cumulated[j]) / 2;
    const inside = (whole - cumulated[j]) * u - (slope * (u * u - u)) / 2;
    return limitedAtoms(x) + integrals[j] + step * inside;
  };

  const smoothQuantile = (share: number): number => {
    if (share <= 0) return origin;
    if (share <= cumulated[0]) return origin + step * (start > 0 ? 0.5 : share / cumulated[0] / 2);
    if (share > cumulated[cells - 2]) return Infinity;
    const j = firstAtLeast(cumulated, share) - 1;
    let low = 0;
    let high = 1;
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (hermite(cumulated, slopes, j, middle) >= share) high = middle;
      else low = middle;
    }
    return origin + (j + 0.5 + high) * step;
  };

  const quantile = (p: number): number => {
    // The distribution function at the atoms is ascending: the first that reaches p, and whether p is reached before it.
    let low = 0;
    let high = atoms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (massBefore[middle + 1] + smooth(atoms[middle].at) >= p - TIE) high = middle;
      else low = middle + 1;
    }
    const next = atoms[low]?.at ?? Infinity;
    const previous = atoms[low - 1]?.at ?? 0;
    if (next < Infinity && massBefore[low] + smooth(next) < p) return next;
    return Math.min(Math.max(smoothQuantile(p - massBefore[low]), previous), next);
  };

  const place = (x: number) => Math.min(Math.max(Math.round((x - origin) / step), 0), cells - 2);
  const errorBeyond = (x: number) =>
    Math.min(1, errorAtResolution(cumulated, corrections.cdfErrors, resolution, place(x)) + (isBlurred ? 0 : unlisted));
  return {
    cdf,
    limited,
    quantile,
    cdfError: (x) => doubt * largestAround(corrections.cdfErrors, place(x)),
    limitedError: (x) => (x <= origin ? 0 : doubt * corrections.integralErrors[place(x)]),
    unresolved: (x) => {
      const j = place(x);
      const near = corrections.isHeld.subarray(Math.max(0, j - UNRESOLVED), j + UNRESOLVED + 1);
      if (!near.includes(1)) return 0;
      const [before, after] = [Math.max(0, j - 2 * UNRESOLVED), Math.min(cells - 1, j + 2 * UNRESOLVED)];
      return Math.max(SMALLEST, Math.abs(corrections.cdfErrors[before]), Math.abs(corrections.cdfErrors[after]));
    },
    error: errorBeyond(0),
    errorBeyond,
    resolution: resolution * step,
    integralOfErrors: step * sumOf(corrections.cdfErrors, (error) => Math.abs(error)),
    highestDensity: largestOf(fine.masses, (mass) => mass) / step,
    blurred: isBlurred ? Math.min(1, unlisted / whole) : 0,
    atoms,
    upTo,
    step,
    points: cells,
    isLattice: false,
  };
}

/** Steps around mass that the lattice does not resolve. */
const UNRESOLVED = 4;
/** What tells an unresolved place from a resolved one. */
const SMALLEST = 1e-15;
/** Steps within which mass may be misplaced: two of the coarse lattice. */
const RESOLUTION = 4;
/** The same where atoms are not told apart: a sum of several is spread over as many points. */
const BLURRED = 32;
/** Unlisted atoms of less mass are an error of the distribution function and not of places. */
const NEGLIGIBLE = 1e-9;

/** The largest difference between the lattices that moving mass by the resolution does not explain. */
function errorAtResolution(cumulated: Float64Array, errors: Float64Array, resolution: number, first: number): number {
  let largest = 0;
  const last = cumulated.length - 1;
  for (let j = first; j <= last; j++) {
    const difference = 3 * Math.abs(errors[j]);
    const before = j < resolution ? 0 : cumulated[j - resolution];
    const after = cumulated[Math.min(j + resolution, last)];
    // Too low by the difference: below what is certain to be there; too high: above what may be there.
    const low = Math.min(difference - (cumulated[j] - before), before);
    const high = Math.min(difference - (after - cumulated[j]), 1 - after);
    largest = Math.max(largest, low, high);
  }
  return largest;
}

function largestAround(values: Float64Array, j: number): number {
  let largest = 0;
  for (let i = Math.max(0, j - 1); i <= Math.min(values.length - 1, j + 1); i++) {
    largest = Math.max(largest, Math.abs(values[i]));
  }
  return largest;
}

/** The smallest j with values[j] >= level, values ascending and the last at least level. */
function firstAtLeast(values: Float64Array, level: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] >= level) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sums over the atoms up to a point. */
function prefixSums(atoms: readonly Atom[]) {
  const massBefore = new Float64Array(atoms.length + 1);
  const momentBefore = new Float64Array(atoms.length + 1);
  for (const [i, { at, mass }] of atoms.entries()) {
    massBefore[i + 1] = massBefore[i] + mass;
    momentBefore[i + 1] = momentBefore[i] + mass * at;
  }
  /** How many atoms are at most x. */
  const upToAtom = (x: number): number => {
    let low = 0;
    let high = atoms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (atoms[middle].at <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const limitedAtoms = (x: number): number => {
    const i = upToAtom(x);
    return momentBefore[i] + (massBefore[atoms.length] - massBefore[i]) * x;
  };
  return { massBefore, upToAtom, limitedAtoms };
}
