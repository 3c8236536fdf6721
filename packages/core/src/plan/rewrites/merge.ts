import type { FrequencySpec } from "../../laws/counts/index.ts";
import { sumOf } from "../../math/fold.ts";
import { mix, repeatedValues } from "../fingerprint.ts";
import { hasAggregateTerm } from "../line-terms.ts";
import type { Line, Plan } from "../plan.ts";

/**
 * Level 1: copies of one policy, and policies with equal severity and terms, become one line.
 *
 * Exact, because what such policies add to a trial's total is the sum of independent payments of one law, and the number
 * of payments is the sum of their counts. Where that sum has a law of the same family it can be drawn at once:
 * - Poisson: lambdas add;
 * - binomial and negative binomial of one prob: sizes add; a geometric count is negative binomial of size 1;
 * - Poisson–inverse Gaussian of one dispersion · mean²: means add and dispersion · mean² stays, for then so does mean² /
 *   shape of the mixing laws, which is what sums of inverse Gaussian variables keep (Johnson, Kotz and Balakrishnan 1994,
 *   15.5).
 *
 * Wrong, and refused, where an aggregate term stands between (a limit of the year is one policy's, not the sum's), where
 * losses by policy are asked for and the ids differ, and for every other count law. The largest claim and the number of
 * paying claims do not see the merging either: they are the largest and the number over the same claims.
 */
export function merge(plan: Plan): Plan {
  const { lines } = plan;
  const firsts = firstMembers(plan);
  const severalOf = new Map<number, Line[]>();
  lines.forEach((line, i) => {
    if (firsts[i] === i) return;
    const members = severalOf.get(firsts[i]);
    if (members) members.push(line);
    else severalOf.set(firsts[i], [lines[firsts[i]], line]);
  });
  const merged: Line[] = [];
  lines.forEach((line, i) => {
    if (firsts[i] !== i) return;
    const members = severalOf.get(i);
    merged.push(members ? mergedLine(members) : mergedAlone(line));
  });
  return { ...plan, lines: merged };
}

/** Which lines become one: places in `plan.lines`, each group in the order of the book, groups by their first member. */
export function mergeGroups(plan: Plan): number[][] {
  const groups: number[][] = [];
  firstMembers(plan).forEach((first, i) => {
    if (first === i) groups[i] = [i];
    else groups[first].push(i);
  });
  return groups.filter((group) => group !== undefined);
}

/** Of each line the first that it becomes one with: itself where there is none before it. No array for each of ten thousand. */
function firstMembers(plan: Plan): Int32Array {
  const { lines } = plan;
  const byPolicy = plan.outputs.includes("byPolicy");
  const prints = new Float64Array(lines.length);
  lines.forEach((line, i) => (prints[i] = fingerprint(line)));
  const shared = repeatedValues(prints);
  const known = new Map<string, number>();
  const firsts = new Int32Array(lines.length);
  lines.forEach((line, i) => {
    firsts[i] = i;
    if (!shared.has(prints[i]) || mergeRefusal(line) !== null) return;
    const { frequency, severity, terms, id } = line;
    // The door writes every law's and term's names in one order, so equal values have equal texts.
    const key = JSON.stringify([familyOf(frequency), severity, terms, byPolicy ? id : ""]);
    const first = known.get(key);
    if (first === undefined) known.set(key, i);
    else firsts[i] = first;
  });
  return firsts;
}

/** A number that lines with equal severities and terms share: where no other line has it, no text needs to be compared. */
function fingerprint({ severity, terms }: Line): number {
  let print = mix(terms.deductible, mix(terms.attachment, terms.limit ?? -1));
  // Two numbers whose names are known; most large books have no other law.
  if (severity.law === "lognormal") return mix(severity.meanlog, mix(severity.sdlog, print));
  const parameters = severity as unknown as Readonly<Record<string, unknown>>;
  for (const name in parameters) {
    const value = parameters[name];
    if (typeof value === "number") print = mix(value, print);
  }
  return print;
}

/** Why a line's copies cannot be one line; null where they can. */
export function mergeRefusal({ frequency, terms }: Line): string | null {
  if (hasAggregateTerm(terms)) return "an aggregate term stands between";
  if (hasModifiedZero(frequency)) return `zero-modified ${frequency.law} counts do not add up to one of their kind`;
  if (familyOf(frequency) === null) return `${frequency.law} counts do not add up to one of their kind`;
  return null;
}

function hasModifiedZero({ zeroInflated, zeroTruncated, zeroModified }: FrequencySpec): boolean {
  return zeroInflated !== undefined || zeroTruncated !== undefined || zeroModified !== undefined;
}

/** What two count laws must have in common for their sum to be of the same kind; null where no sum is. */
function familyOf(spec: FrequencySpec): string | null {
  if (hasModifiedZero(spec)) return null;
  switch (spec.law) {
    case "poisson":
      return "poisson";
    case "binomial":
      return `binomial ${spec.prob}`;
    case "negativeBinomial":
    case "geometric":
      return `negativeBinomial ${spec.prob}`;
    case "poissonInverseGaussian":
      return `poissonInverseGaussian ${spec.dispersion * spec.mean * spec.mean}`;
    default:
      return null;
  }
}

/** A line of one policy stays as it is: most lines of a wide book. */
function mergedAlone(line: Line): Line {
  return line.copies === 1 && line.frequency.law !== "geometric" ? line : mergedLine([line]);
}

function mergedLine(members: readonly Line[]): Line {
  const [first] = members;
  const frequency = asNegativeBinomial(first.frequency);
  if (mergeRefusal(first) !== null) return { ...first, frequency };
  const policies = sumOf(members, (line) => line.policies);
  return { ...first, copies: 1, policies, frequency: summedLaw(frequency, members) };
}

/** A geometric count is negative binomial of size 1. */
function asNegativeBinomial(spec: FrequencySpec): FrequencySpec {
  if (spec.law !== "geometric") return spec;
  return { ...spec, law: "negativeBinomial", size: 1 };
}

/** The law of the sum of all members' counts, over all their copies. */
function summedLaw(spec: FrequencySpec, members: readonly Line[]): FrequencySpec {
  const total = (of: (frequency: FrequencySpec) => number) =>
    sumOf(members, ({ copies, frequency }) => copies * of(frequency));
  switch (spec.law) {
    case "poisson":
      return { ...spec, lambda: total((one) => (one.law === "poisson" ? one.lambda : 0)) };
    case "binomial":
    case "negativeBinomial":
      return { ...spec, size: total((one) => ("size" in one ? one.size : 1)) };
    case "poissonInverseGaussian": {
      const mean = total((one) => (one.law === "poissonInverseGaussian" ? one.mean : 0));
      const ratio = spec.mean / mean;
      return { ...spec, mean, dispersion: spec.dispersion * ratio * ratio };
    }
    default:
      return spec;
  }
}
