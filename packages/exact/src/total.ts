import { type AtomsOfTotal, atomsOfTotal } from "./atoms-of-total.ts";
import { amountsOf, type Book, expectedAmounts } from "./book.ts";
import { commonUnit } from "./common-unit.ts";
import { compound, splitAtoms } from "./compound.ts";
import { type DistributionTable, distributionTable } from "./distribution-table.ts";
import { coarser, type Grid, gridOf } from "./grid.ts";
import { latticeTable } from "./lattice-table.ts";

/** Where a total's bulk begins and how far its distribution is asked for. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What wraps around is damped by e^−20: rounding is raised by e^10 at the far end, and both stay near 1e-12. */
export const TILT = 20;

/** No lattice of a discrete book has more points. */
const MOST_LATTICE_POINTS = 1_048_576;

/** Below this mass of atoms a total is as good as smooth. */
const NO_ATOMS = 1e-12;
/** Above so many amounts, splitting them between lattice points would add much to a total's variance. */
const MANY_AMOUNTS = 20_000;
/** So few amounts are cheap to integrate for their second moments. */
const FEW_AMOUNTS = 64;

/** The distribution of a book's total over a stretch, on about `cells` cells or on the amounts' own lattice. */
export function totalOver(book: Book, { from, to }: Stretch, cells: number): DistributionTable {
  const lattice = latticeOf(book, { from, to });
  if (lattice !== undefined) return latticeTable({ grid: lattice, masses: compound(book, [lattice])[0] });
  const grid = gridFor(book, { from, to }, cells);
  const grids = [grid, coarser(grid)];
  const atoms = atomsOfTotal(book);
  const isSmooth = atoms.atoms.length === 0 && atoms.unlisted < NO_ATOMS;
  const isCorrected = isSmooth && (amountsOf(book).length <= FEW_AMOUNTS || expectedAmounts(book) > MANY_AMOUNTS);
  const masses = compound(book, grids, { isCorrected });
  const [fine, coarse] = withoutAtoms(book, grids, masses, atoms);
  const isLong = amountsOf(book).every(({ mean }) => grid.step > mean);
  return distributionTable(
    atoms.atoms,
    { grid, masses: fine },
    { grid: grids[1], masses: coarse },
    { unlisted: atoms.unlisted, doubt: isLong ? FIRST_ORDER : 1 },
  );
}

/** Errors of order step and not step² are three times what two lattices show of them. */
const FIRST_ORDER = 3;

/** Where a total reaches levels, to a step of a coarse lattice; Infinity where that is beyond the stretch. */
export interface RoughTotal {
  readonly quantile: (p: number) => number;
  readonly step: number;
}

/** A total on a lattice of `cells` cells, for finding out where it lies. */
export function roughTotal(book: Book, { from, to }: Stretch, cells: number): RoughTotal {
  const step = (to - from) / cells;
  const grid = gridOf(step, Math.floor(from / step), cells + 2, TILT);
  const isCorrected = expectedAmounts(book) > MANY_AMOUNTS;
  const [cumulated] = compound(book, [grid], { isCorrected });
  for (let j = 1; j < grid.cells; j++) cumulated[j] += cumulated[j - 1];
  return {
    step,
    quantile: (p) => {
      const j = cumulated.findIndex((value) => value >= p);
      return j < 0 ? Infinity : (grid.start + j) * step;
    },
  };
}

/** The lattice that all amounts of a discrete book lie on, if there is one of not too many points. */
function latticeOf(book: Book, { from, to }: Stretch): Grid | undefined {
  const amounts = amountsOf(book);
  if (!amounts.every((amount) => amount.isDiscrete)) return undefined;
  const points = new Set(amounts.flatMap(({ atoms, lattice }) => lattice ?? atoms.map(({ at }) => at)));
  const least = to / MOST_LATTICE_POINTS;
  const step = commonUnit([...points], 0);
  if (step === undefined || step < least) return undefined;
  const start = Math.floor(from / step);
  return gridOf(step, start, Math.ceil(to / step) - start + 2, TILT);
}

/** The step is a part of a unit of the points where mass or density jumps, as far as there is one. */
function gridFor(book: Book, { from, to }: Stretch, cells: number): Grid {
  const wanted = (to - from) / cells;
  const unit = commonUnit(jumpsOf(book, to), 4 * wanted);
  // Even multiples of the step: the coarse lattice has the points too.
  const step = unit === undefined ? wanted : unit / (2 * Math.ceil(unit / (2 * wanted)));
  const start = 2 * Math.floor(from / (2 * step));
  return gridOf(step, start, Math.ceil(to / step) - start + 4, TILT);
}

/** Points of atoms and kinks up to `to`, heaviest first; kinks last. */
function jumpsOf(book: Book, to: number): number[] {
  const weights = new Map<number, number>();
  const add = (at: number, mass: number) => {
    if (at > 0 && at < to) weights.set(at, (weights.get(at) ?? 0) + mass);
  };
  const addAll = (amount: ReturnType<typeof amountsOf>[number], weight: number) => {
    for (const { at, mass } of amount.atoms) add(at, weight * mass);
    for (const kink of amount.kinks) add(kink, 0);
  };
  for (const { amount, weight } of book.pool) addAll(amount, weight);
  for (const { amount, counts } of book.components) addAll(amount, counts.length);
  return [...weights].sort((a, b) => b[1] - a[1]).map(([at]) => at);
}

/** An unlisted mass below this is none. */
const NEGLIGIBLE = 1e-11;

/**
 * What is left of lattice masses without the listed atoms. On the lattice an atom that is not one of its points, and is
 * a sum of others, is spread over several: where all atoms are listed, all that the lattice made of them is taken off.
 */
function withoutAtoms(book: Book, grids: readonly Grid[], masses: Float64Array[], total: AtomsOfTotal) {
  const { atoms, unlisted } = total;
  if (atoms.length === 0) return masses;
  const { step } = grids[1];
  const isOnLattice = atoms.every(({ at }) => Math.abs(at / step - Math.round(at / step)) < 1e-9);
  const isDirect = isOnLattice || unlisted > NEGLIGIBLE;
  const spread = isDirect ? grids.map((grid) => onLattice(atoms, grid)) : compound(book, grids, { part: "atoms" });
  return masses.map((all, g) => all.map((mass, j) => mass - spread[g][j]));
}

function onLattice(atoms: AtomsOfTotal["atoms"], { step, start, cells }: Grid): Float64Array {
  const shifted = atoms.map(({ at, mass }) => ({ at: at - start * step, mass })).filter(({ at }) => at > -step / 2);
  const masses = new Float64Array(cells);
  masses[0] += splitAtoms(masses, shifted, 1, step);
  return masses;
}
