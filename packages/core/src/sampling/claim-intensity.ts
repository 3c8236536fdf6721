import { severity } from "../laws/severities/index.ts";
import { kinksOf } from "../laws/severities/numerics/kinks.ts";
import type { SeveritySpec } from "../laws/severities/spec.ts";
import type { Severity } from "../laws/law.ts";
import { hasAggregateTerm } from "../plan/line-terms.ts";
import { isPlainPoisson } from "../plan/line-tables.ts";
import type { Line, LineTerms, Plan } from "../plan/plan.ts";

/** Why a book's claims are no Poisson process of payments that simply add up; null where they are. */
export function intensityRefusal({ lines }: Plan): string | null {
  const paying = lines.filter(canPay);
  if (paying.length === 0) return "no policy can pay anything";
  if (paying.some(({ terms }) => hasAggregateTerm(terms))) return "it needs policies without terms of the year";
  if (!paying.every(isPlainPoisson)) return "it needs Poisson counts for every policy";
  if (paying.some(({ severity: spec }) => hasHiddenAtoms(spec))) {
    return "it needs to know equal claims by their bits, and amounts of mass inside other laws have none of their own";
  }
  return null;
}

function canPay({ frequency, terms }: Line): boolean {
  const isNever = frequency.law === "poisson" && Object.keys(frequency).length === 2 && frequency.lambda === 0;
  return terms.insurerShare > 0 && terms.limit !== 0 && terms.aggregateLimit !== 0 && !isNever;
}

/** Whether a law has amounts of a probability of their own which quantiles of the law around them may round. */
function hasHiddenAtoms(spec: SeveritySpec, isInside = false): boolean {
  switch (spec.law) {
    case "constant":
    case "empirical":
      return isInside;
    case "truncated":
      return hasHiddenAtoms(spec.of, true);
    case "mixture":
    case "spliced":
      return spec.components.some((component) => hasHiddenAtoms(component, true));
    default:
      return false;
  }
}

/** Claims a year of one line whose net payment exceeds an amount, as a smooth function that goes on beyond the limit. */
export interface SmoothPart {
  /** The net payment that nothing exceeds: share · limit, as kernels compute it, or Infinity. */
  readonly top: number;
  /** Claims a year that would pay more than a without the limit. */
  readonly beyond: (a: number) => number;
  /** ∫ of `beyond` from a to the top; Infinity where it diverges. */
  readonly excess: (a: number) => number;
  /** Net payments, ascending, where `beyond` is not smooth. */
  readonly kinks: readonly number[];
  /** The largest net payment, or Infinity. */
  readonly upper: number;
}

/**
 * ν, the claims a year by what they pay net, share · y > 0: smooth parts up to their tops, and amounts that are as good as sure of
 * more than one claim. Limits are in both: a smooth part ends at its top, with the mass of all claims beyond.
 */
export interface ClaimIntensity {
  /** By their tops, ascending. */
  readonly parts: readonly SmoothPart[];
  /** Net payments of claims that take no other, ascending, and how many a year there are. */
  readonly steps: readonly Step[];
  /** Claims a year of exactly this net payment. */
  readonly atoms: ReadonlyMap<number, number>;
}

export interface Step {
  readonly at: number;
  readonly mass: number;
}

/** The claims of a plan for which `intensityRefusal` is null. */
export function claimIntensity({ lines }: Plan): ClaimIntensity {
  const parts: SmoothPart[] = [];
  const steps = new Map<number, number>();
  const atoms = new Map<number, number>();
  const add = (to: Map<number, number>, at: number, mass: number) => void to.set(at, (to.get(at) ?? 0) + mass);
  for (const line of lines.filter(canPay)) {
    const law = severity(line.severity);
    const rate = rateOf(line);
    const values = amountsOf(line.severity);
    if (values === null) {
      const part = smoothPart(line.terms, law, rate);
      parts.push(part);
      if (part.top === Infinity) continue;
      const mass = rate * law.survival(groundUp(line.terms, line.terms.limit!));
      if (mass > 0) add(atoms, part.top, mass);
      continue;
    }
    for (const value of values) {
      const net = line.terms.insurerShare * paidFor(line.terms, value);
      const mass = rate * law.density(value);
      if (!(net > 0 && mass > 0)) continue;
      add(steps, net, mass);
      add(atoms, net, mass);
    }
  }
  parts.sort((a, b) => a.top - b.top);
  const sorted = [...steps].sort(([a], [b]) => a - b).map(([at, mass]) => ({ at, mass }));
  return { parts, steps: sorted, atoms };
}

/** The smallest payment for one claim, before the share, that other claims may equal; Infinity where there is none. */
export function leastAtom(line: Line): number {
  if (!canPay(line)) return Infinity;
  const values = amountsOf(line.severity);
  if (values === null) return line.terms.limit ?? Infinity;
  let least = Infinity;
  for (const value of values) {
    const paid = paidFor(line.terms, value);
    if (paid > 0) least = Math.min(least, paid);
  }
  return least;
}

function rateOf({ frequency, copies }: Line): number {
  return frequency.law === "poisson" ? copies * frequency.lambda : 0;
}

/** The amounts of a law that has no others. */
function amountsOf(spec: SeveritySpec): number[] | null {
  if (spec.law === "constant") return [spec.value];
  return spec.law === "empirical" ? [...new Set(spec.values)] : null;
}

/** What is paid for a claim, before the share: in the steps of the kernels, for the same bits. */
function paidFor({ deductible, deductibleKind, attachment, limit }: LineTerms, x: number): number {
  const excess = deductibleKind === "franchise" ? (x > deductible ? x : 0) - attachment : x - deductible - attachment;
  return Math.min(Math.max(excess, 0), limit ?? Infinity);
}

/** The ground-up amount above which a claim pays more than y. */
function groundUp({ deductible, deductibleKind, attachment }: LineTerms, y: number): number {
  return deductibleKind === "franchise" ? Math.max(deductible, attachment + y) : deductible + attachment + y;
}

function smoothPart(terms: LineTerms, law: Severity, rate: number): SmoothPart {
  const { insurerShare: share, limit, deductible, deductibleKind, attachment } = terms;
  const net = (x: number) => share * paidFor({ ...terms, limit: null }, x);
  const jump = deductibleKind === "franchise" ? share * (deductible - attachment) : 0;
  const top = limit === null ? Infinity : share * limit;
  const kinks = [...kinksOf(law).map(net), jump].filter((at) => at > 0 && at < top);
  const beyond = (a: number) => rate * law.survival(groundUp(terms, a / share));
  const upTo = limit === null ? law.mean : law.limitedExpectedValue(groundUp(terms, limit));
  const above = (a: number) =>
    upTo === Infinity ? Infinity : rate * share * (upTo - law.limitedExpectedValue(groundUp(terms, a / share)));
  return {
    top,
    beyond,
    excess: (a) => {
      if (a >= top) return 0;
      if (a >= jump) return above(a);
      return top <= jump ? (top - a) * beyond(a) : above(jump) + (jump - a) * beyond(a);
    },
    kinks: kinks.sort((a, b) => a - b),
    upper: Math.min(top, law.upper === Infinity ? Infinity : net(law.upper)),
  };
}
