import { type Amount, type Atom, mergeAtoms } from "./amount.ts";
import type { DistributionTable } from "./distribution-table.ts";
import { cumulantsOf, type Moments, NO_MOMENTS, type RawMoments } from "./moments.ts";
import { wholePower } from "./claim-moments.ts";
import { sumOf } from "@lossmill/core/math";

/** What a policy pays in a year before the share: min(max(S − deductible, 0), limit) of its year's sum S. */
export interface YearTerms {
  readonly deductible: number;
  readonly limit: number;
}

/** The law of what a policy pays in a year, from the table of its sum of claims up to deductible + limit or further. */
export function yearPayment(
  table: DistributionTable,
  terms: YearTerms,
  { mean, variance }: Pick<Moments, "mean" | "variance">,
): Amount {
  return { ...paymentOf(table, terms), mean, second: variance + mean * mean };
}

type Payment = Omit<Amount, "mean" | "second">;

function paymentOf(table: DistributionTable, { deductible, limit }: YearTerms): Payment {
  const end = Math.max(0, Math.min(limit, table.upTo - deductible));
  if (end === 0 || 1 - table.cdf(deductible) < NEVER) return NOTHING;
  const atStart = table.limited(deductible);
  const shifted = table.atoms.map(({ at, mass }) => ({ at: at - deductible, mass }));
  const reachesLimit = end === limit ? 1 - table.cdf(justUnder(deductible + limit, table)) : 0;
  const atoms = mergeAtoms([
    { at: 0, mass: table.cdf(deductible) },
    ...shifted.filter(({ at }) => at > 0 && at < end),
    ...(reachesLimit > LEAST ? [{ at: limit, mass: reachesLimit }] : []),
  ]);
  return {
    survival: (y) => (y < 0 ? 1 : y >= end ? 0 : Math.max(0, 1 - table.cdf(deductible + y))),
    limited: (y) => table.limited(deductible + Math.min(Math.max(y, 0), end)) - atStart,
    upper: end,
    atoms,
    isDiscrete: table.isLattice,
    isSmooth: false,
    kinks: [],
    ...(table.isLattice && { lattice: latticeOf(table, deductible, atoms) }),
  };
}

/** The sum's lattice less the deductible, and the limit: each of its points is the first one and some steps. */
function latticeOf({ step }: DistributionTable, deductible: number, atoms: readonly Atom[]): number[] {
  const first = step * Math.ceil(deductible / step) - deductible;
  return [step, first, atoms.at(-1)?.at ?? step];
}

/** Where the sum exceeds the deductible with less than this probability, which is rounding's, it never does. */
const NEVER = 1e-12;

const NOTHING: Payment = {
  survival: (y) => (y < 0 ? 1 : 0),
  limited: () => 0,
  upper: 0,
  atoms: [{ at: 0, mass: 1 }],
  isDiscrete: true,
  isSmooth: false,
  kinks: [],
};

/** A smaller mass at the limit is left to the smooth part. */
const LEAST = 1e-15;

function justUnder(x: number, { step }: DistributionTable): number {
  return x - step * 1e-7;
}

/**
 * Moments of what a policy pays in a year, with errors from the two lattices. E[Y^k] = k ∫ y^(k−1) P(Y > y) dy, by parts
 * in terms of E[min(Y, y)], which has no steps. Without a limit they are those of the sum S less what lies below the
 * deductible; only mean and variance then.
 */
export function yearMoments(table: DistributionTable, terms: YearTerms, sum: Moments): Moments {
  const { deductible, limit } = terms;
  if (deductible >= table.upTo || 1 - table.cdf(deductible) < NEVER)
    return { ...NO_MOMENTS, meanError: NEVER * sum.mean };
  const error = table.limitedError(deductible) + table.cdfError(deductible) * table.step;
  if (limit === Infinity) return momentsBeyond(table, deductible, sum, error);
  const payment = paymentOf(table, terms);
  const end = payment.upper;
  const mean = payment.limited(end);
  const moment = (k: number) => {
    if (payment.isDiscrete) return sumOf(payment.atoms, ({ at, mass }) => mass * wholePower(at, k));
    const inner = cellwise((y) => wholePower(y, k - 2) * payment.limited(y), 0, end, table.step);
    return k * wholePower(end, k - 1) * mean - k * (k - 1) * inner;
  };
  const raw: RawMoments = [payment.isDiscrete ? moment(1) : mean, moment(2), moment(3), moment(4)];
  const [first, variance, third, fourth] = cumulantsOf(raw);
  const meanError = error + table.limitedError(deductible + end);
  return { mean: first, variance: Math.max(variance, 0), third, fourth, meanError, varianceError: 2 * end * meanError };
}

function momentsBeyond(table: DistributionTable, deductible: number, sum: Moments, error: number): Moments {
  const mean = Math.max(0, sum.mean - table.limited(deductible));
  const distance = sum.mean - deductible;
  const below = integralOfLimited(table, deductible);
  const second = sum.variance + distance * distance - deductible * deductible + 2 * below;
  const varianceError = sum.varianceError + 2 * (deductible + mean) * error;
  return {
    mean,
    variance: Math.max(second - mean * mean, 0),
    third: null,
    fourth: null,
    meanError: sum.meanError + error,
    varianceError,
  };
}

/** ∫ E[min(S, x)] dx up to `to`, of which E[(to − S)+²] / 2 is the complement in to² / 2. */
function integralOfLimited(table: DistributionTable, to: number): number {
  if (!table.isLattice) return cellwise(table.limited, 0, to, table.step);
  const missing = sumOf(table.atoms, ({ at, mass }) => (at < to ? mass * (to - at) * (to - at) : 0));
  return (to * to - missing) / 2;
}

const GAUSS = 0.5 / Math.sqrt(3);

/** The integral of f over [from, to] by two Gauss points a step: f has kinks at lattice points only. */
function cellwise(f: (x: number) => number, from: number, to: number, step: number): number {
  const cells = Math.max(1, Math.ceil((to - from) / step - 1e-6));
  const width = (to - from) / cells;
  let sum = 0;
  for (let j = 0; j < cells; j++) {
    const middle = from + (j + 0.5) * width;
    sum += f(middle - GAUSS * width) + f(middle + GAUSS * width);
  }
  return (sum * width) / 2;
}
