import { cos, exp, sin, sumOf } from "@lossmill/core/math";
import { type Atom, mergeAtoms } from "./amount.ts";
import type { Book } from "./book.ts";
import { complex } from "./complex.ts";
import type { LogPgf } from "./pgf/index.ts";
import { poisson } from "./pgf/poisson.ts";
import { emptySpectrum, sequenceOf } from "./transform.ts";

/** Atoms of less mass are not followed; they count as part of the smooth rest. */
const LEAST = 1e-13;
/** More atoms than these are no longer told apart: the heaviest are kept. */
const MOST_ATOMS = 2000;
/** Pairs of atoms that are put together at once. */
const MOST_PAIRS = 100_000;
/** Numbers of amounts that are looked at. */
const FEWEST_TERMS = 64;
const MOST_TERMS = 8192;

/** Atoms of a total, and the mass of those that were not listed. */
export interface AtomsOfTotal {
  readonly atoms: readonly Atom[];
  readonly unlisted: number;
}

const NONE: AtomsOfTotal = { atoms: [], unlisted: 0 };

/** Where a book's total has mass of its own: at the sums of its amounts' atoms. Lists those that matter, exactly. */
export function atomsOfTotal(book: Book): AtomsOfTotal {
  let atoms: readonly Atom[] = [{ at: 0, mass: 1 }];
  let whole = 1;
  for (const sum of sums(book)) {
    const next = atomsOfSum(sum);
    whole *= massOf(next.atoms) + next.unlisted;
    if (whole < LEAST) return NONE;
    atoms = times(atoms, next.atoms);
  }
  return { atoms, unlisted: Math.max(0, whole - massOf(atoms)) };
}

/** A random number of amounts: log E[z^N] · copies, P(amount > 0), and the amounts' atoms above 0. */
interface Sum {
  readonly log: LogPgf;
  readonly copies: number;
  readonly away: number;
  readonly atoms: readonly Atom[];
}

function sums({ pool, components }: Book): Sum[] {
  const above = (atoms: readonly Atom[], weight: number) =>
    atoms.filter(({ at }) => at > 0).map(({ at, mass }) => ({ at, mass: weight * mass }));
  const result: Sum[] = components.flatMap(({ amount, counts }) =>
    counts.map(({ pgf, copies }) => ({
      log: pgf.log,
      copies,
      away: amount.survival(0),
      atoms: above(amount.atoms, 1),
    })),
  );
  if (pool.length > 0) {
    result.push({
      log: poisson(1).log,
      copies: 1,
      away: sumOf(pool, ({ amount, weight }) => weight * amount.survival(0)),
      atoms: mergeAtoms(pool.flatMap(({ amount, weight }) => above(amount.atoms, weight))),
    });
  }
  return result;
}

/**
 * The atoms of one random sum. With r the mass of an amount's atoms above 0, E[z^N] is taken at z = P(0) + r e^(iω): its
 * Fourier coefficients are the probabilities that k amounts are such atoms and all others 0.
 */
function atomsOfSum({ log, copies, away, atoms }: Sum): AtomsOfTotal {
  const r = sumOf(atoms, ({ mass }) => mass);
  const out = complex();
  log(away - r, 0, out);
  const whole = exp(copies * out[0]);
  if (whole < LEAST) return NONE;
  if (r === 0) return { atoms: [{ at: 0, mass: whole }], unlisted: 0 };
  const counts = countsOfAtoms({ log, copies, away, atoms }, r);
  if (counts === null) return { atoms: [], unlisted: whole };
  const one = atoms.map(({ at, mass }) => ({ at, mass: mass / r }));
  let power: Atom[] = [{ at: 0, mass: 1 }];
  const all: Atom[] = [];
  for (const [k, probability] of counts.entries()) {
    if (k > 0) power = times(power, one);
    for (const { at, mass } of power) if (mass * probability > LEAST) all.push({ at, mass: mass * probability });
  }
  const listed = heaviest(mergeAtoms(all));
  return { atoms: listed, unlisted: Math.max(0, whole - massOf(listed)) };
}

/** The probabilities of k = 0, 1, … atoms above 0 and nothing else but zeros; null where there are too many. */
function countsOfAtoms({ log, copies, away }: Sum, r: number): Float64Array | null {
  const out = complex();
  for (let terms = FEWEST_TERMS; terms <= MOST_TERMS; terms *= 2) {
    const spectrum = emptySpectrum(terms);
    for (let m = 0; m <= terms / 2; m++) {
      const angle = (2 * Math.PI * m) / terms;
      log(away - r * cos(angle), -r * sin(angle), out);
      const size = exp(copies * out[0]);
      spectrum.re[m] = size === 0 ? 0 : size * cos(copies * out[1]);
      spectrum.im[m] = size === 0 ? 0 : -size * sin(copies * out[1]);
    }
    const counts = sequenceOf(spectrum);
    if (counts.subarray(terms / 2).every((probability) => Math.abs(probability) < LEAST)) {
      const last = counts.findLastIndex((probability) => probability >= LEAST);
      return counts.slice(0, last + 1).map((probability) => Math.max(probability, 0));
    }
  }
  return null;
}

function massOf(atoms: readonly Atom[]): number {
  return sumOf(atoms, ({ mass }) => mass);
}

/** The heaviest atoms, in ascending order of their places. */
function heaviest(atoms: Atom[]): Atom[] {
  if (atoms.length <= MOST_ATOMS) return atoms;
  const kept = [...atoms].sort((a, b) => b.mass - a.mass).slice(0, MOST_ATOMS);
  return kept.sort((a, b) => a.at - b.at);
}

/** The heaviest atoms of the sum of two independent amounts. */
function times(first: readonly Atom[], second: readonly Atom[]): Atom[] {
  const descending = [...second].sort((a, b) => b.mass - a.mass);
  const pairs = (least: number) => {
    let count = 0;
    for (const { mass } of first) {
      const end = descending.findIndex((other) => mass * other.mass <= least);
      count += end < 0 ? descending.length : end;
    }
    return count;
  };
  let least = LEAST * 1e-3;
  if (first.length * descending.length > MOST_PAIRS) while (pairs(least) > MOST_PAIRS) least *= 10;
  const products: Atom[] = [];
  for (const a of first) {
    for (const b of descending) {
      const mass = a.mass * b.mass;
      if (mass <= least) break;
      products.push({ at: a.at + b.at, mass });
    }
  }
  return heaviest(mergeAtoms(products));
}
