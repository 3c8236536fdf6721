import { type Severity, type SeveritySpec, severity } from "@lossmill/core";
import { type Amount, type Atom, justBelow, mergeAtoms } from "./amount.ts";
import { type SeverityPoints, severityPoints } from "./severity-points.ts";
import type { Terms } from "./terms.ts";
import { sumOf } from "@lossmill/core/math";

/** Atoms smaller than this are left to the smooth part. */
const LEAST_ATOM = 1e-15;

/**
 * The law of what one claim pays before the share is taken: y = min(max(max(x − d, 0) − a, 0), l), with max(x − d, 0)
 * replaced by x where x > d for a franchise. Ordinary: P(Y > y) = S(d + a + y); franchise: S(max(d, a + y)); 0 from l on.
 */
export function claimPayment(spec: SeveritySpec, terms: Terms): Omit<Amount, "mean" | "second"> {
  const law = severity(spec);
  const points = severityPoints(spec);
  const { deductible, isFranchise, attachment, limit } = terms;
  const start = isFranchise ? attachment : deductible + attachment;
  /** A claim pays above y where it is above this. */
  const from = (y: number) => (isFranchise ? Math.max(deductible, attachment + y) : start + y);
  const survival = (y: number) => (y < 0 ? 1 : y >= limit ? 0 : law.survival(from(y)));
  const limited = limitedPayment(law, terms, start);
  const toPayment = (x: number) => (x <= from(0) ? 0 : Math.min(x - start, limit));
  const upper = toPayment(law.upper);
  const isListed = points.isDiscrete;
  const atoms = mergeAtoms(isListed ? listedAtoms(law, points, toPayment) : jumps(law, points, toPayment, from, limit));
  // Where no claim pays between 0 and the limit, the payment is discrete whatever the claim is.
  const isDiscrete = isListed || 1 - sumOf(atoms, ({ mass }) => mass) < LEAST_ATOM;
  return {
    survival,
    limited,
    upper,
    atoms,
    isDiscrete,
    isSmooth: true,
    kinks: [
      ...points.kinks.map(toPayment),
      ...(isFranchise ? [toPayment(justAbove(deductible))] : []),
      ...(limit < upper ? [] : [upper]),
    ].filter((y) => y > 0 && y < Infinity),
  };
}

function justAbove(x: number): number {
  return x * 1.0000000000000002;
}

/** E[min(Y, y)] as a difference of limited expected values of the ground-up amount. */
function limitedPayment(law: Severity, { deductible, isFranchise, attachment, limit }: Terms, start: number) {
  // Up to here a franchise pays nothing less: a claim above the deductible pays at least so much.
  const least = isFranchise ? Math.max(deductible - attachment, 0) : 0;
  const atStart = law.limitedExpectedValue(start + least);
  const flat = law.survival(isFranchise ? Math.max(deductible, attachment) : start);
  return (y: number) => {
    const capped = Math.min(y, limit);
    if (capped <= least) return flat * Math.max(capped, 0);
    return flat * least + (law.limitedExpectedValue(start + capped) - atStart);
  };
}

function listedAtoms(law: Severity, points: SeverityPoints, toPayment: (x: number) => number): Atom[] {
  return points.atoms.map((x) => ({ at: toPayment(x), mass: law.density(x) })).filter(({ mass }) => mass > 0);
}

/** Atoms of a law that also has a density: what falls to 0, what reaches the limit, and jumps in between. */
function jumps(
  law: Severity,
  points: SeverityPoints,
  toPayment: (x: number) => number,
  from: (y: number) => number,
  limit: number,
): Atom[] {
  const atoms: Atom[] = [{ at: 0, mass: law.cdf(from(0)) }];
  for (const x of points.atoms) {
    const at = toPayment(x);
    if (at > 0 && at < limit) atoms.push({ at, mass: law.survival(justBelow(x)) - law.survival(x) });
  }
  if (limit < Infinity) atoms.push({ at: limit, mass: limitMass(law, toPayment, from, limit) });
  return atoms.filter(({ mass }) => mass > LEAST_ATOM);
}

/** P(Y = limit): of every claim above the threshold where a franchise's threshold pays the limit at once. */
function limitMass(law: Severity, toPayment: (x: number) => number, from: (y: number) => number, limit: number) {
  const first = from(limit);
  return law.survival(toPayment(first) >= limit ? justBelow(first) : first);
}
