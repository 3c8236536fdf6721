/** A point that has probability of its own. */
export interface Atom {
  readonly at: number;
  readonly mass: number;
}

/** The law of an amount X >= 0: what one claim, one policy or a whole book pays. */
export interface Amount {
  /** P(X > x). */
  readonly survival: (x: number) => number;
  /** E[min(X, x)], the integral of the survival function up to x. */
  readonly limited: (x: number) => number;
  readonly mean: number;
  /** E[X²]; may be Infinity. */
  readonly second: number;
  /** The largest possible amount; may be Infinity. */
  readonly upper: number;
  /** Its atoms in ascending order, 0 among them. */
  readonly atoms: readonly Atom[];
  /** Whether the atoms hold all of the probability. */
  readonly isDiscrete: boolean;
  /** Of a discrete amount with many atoms: numbers of whose common unit they are all multiples. */
  readonly lattice?: readonly number[];
  /** Whether `survival` is smooth between few points, so that it may be interpolated. */
  readonly isSmooth: boolean;
  /** Points at which the density may jump: atoms aside, where a lattice point is welcome. */
  readonly kinks: readonly number[];
}

/** The law of share · X, for a share in (0, 1]. */
export function scaled(amount: Amount, share: number): Amount {
  if (share === 1) return amount;
  return {
    survival: (x) => amount.survival(x / share),
    limited: (x) => share * amount.limited(x / share),
    mean: share * amount.mean,
    second: share * share * amount.second,
    upper: share * amount.upper,
    atoms: amount.atoms.map(({ at, mass }) => ({ at: share * at, mass })),
    isDiscrete: amount.isDiscrete,
    isSmooth: amount.isSmooth,
    kinks: amount.kinks.map((kink) => share * kink),
    ...(amount.lattice !== undefined && { lattice: amount.lattice.map((x) => share * x) }),
  };
}

/** The double before x, for x > 0. */
export function justBelow(x: number): number {
  return x * ONE_LESS;
}

/** 1 − 2^-53: a product with it is rounded to the double before. */
const ONE_LESS = 0.9999999999999999;

/** Atoms in ascending order, those at one place (to 12 digits) put together. */
export function mergeAtoms(atoms: readonly Atom[]): Atom[] {
  const merged: Atom[] = [];
  for (const { at, mass } of [...atoms].sort((a, b) => a.at - b.at)) {
    const last = merged.at(-1);
    if (last !== undefined && at - last.at <= SAME * at) {
      merged[merged.length - 1] = { at: last.at, mass: last.mass + mass };
    } else if (mass > 0) merged.push({ at, mass });
  }
  return merged;
}

const SAME = 1e-12;
