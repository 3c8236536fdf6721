import { countLaw } from "../laws/counts/index.ts";
import { severity } from "../laws/severities/index.ts";
import { controlLimits } from "../sampling/control.ts";
import { addedMass } from "../sampling/added-mass.ts";
import { isPlainPoisson } from "./line-tables.ts";
import { hasAggregateTerm, payingThreshold } from "./line-terms.ts";
import type { Line, LineTerms, Plan } from "./plan.ts";

/**
 * The mean of a book's annual loss where its laws give it: the sum over policies of E[N] E[y], with the share, for payments y of
 * one claim (Klugman, Panjer and Willmot, Loss Models, 8.6 and 9.1). Null where terms of the year stand between; Infinity where
 * it diverges.
 */
export function closedFormMean(plan: Plan): number | null {
  if (plan.lines.some(({ terms }) => hasAggregateTerm(terms) && terms.insurerShare > 0)) return null;
  return sum(plan, (line) => paymentsUpTo(line, Infinity));
}

/** Means of what goes with a book's loss. */
export interface ControlMeans {
  /** E[claims]: of those that pay. */
  readonly claims: number;
  /** Of what `controlSampler` keeps. */
  readonly controls: readonly [number, number];
}

/** The means of the controls of a plan, by its laws. */
export function controlMeans(plan: Plan): ControlMeans {
  return {
    claims: sum(plan, payingClaims),
    controls: [
      sum(plan, (line) => paymentsUpTo(line, controlLimits(line)[0])),
      sum(plan, (line) => paymentsUpTo(line, controlLimits(line)[1])),
    ],
  };
}

function payingClaims({ frequency, severity: spec, terms, copies }: Line): number {
  if (terms.limit === 0) return 0;
  return copies * countLaw(frequency).mean * severity(spec).survival(payingThreshold(terms));
}

/** A sum over lines; those that importance sampling draws more claims of are taken as they were. */
function sum({ sampling, lines }: Plan, of: (line: Line) => number): number {
  let total = 0;
  for (const line of lines) {
    const { tilt, untilted } = line;
    if (untilted !== undefined) {
      total += of({ ...line, frequency: untilted });
      continue;
    }
    const isMore = sampling?.method === "importance" && tilt !== undefined && isPlainPoisson(line);
    const more = isMore ? addedMass(tilt, sampling.ratios) / 2 : 0;
    total += of(line) / (1 + more);
  }
  return total;
}

/** The expected sum in a year of min(y, most) times the share, over the claims of a line's copies. */
function paymentsUpTo({ frequency, severity: spec, terms, copies }: Line, most: number): number {
  const upTo = Math.min(most, terms.limit ?? Infinity);
  const claims = copies * terms.insurerShare * countLaw(frequency).mean;
  // Of no claims also where one would pay infinitely much.
  return upTo === 0 || claims === 0 ? 0 : claims * limitedPayment(spec, terms, upTo);
}

/** E[min(y, most)], most > 0, of one claim before its limit. */
function limitedPayment(spec: Line["severity"], terms: LineTerms, most: number): number {
  const law = severity(spec);
  const { deductible, deductibleKind, attachment } = terms;
  const expected = (x: number) => (x === Infinity ? law.mean : law.limitedExpectedValue(x));
  const start = payingThreshold(terms);
  if (deductibleKind === "ordinary" || deductible <= attachment) return expected(start + most) - expected(start);
  // A franchise above the attachment: nothing up to it, then at once what exceeds the attachment.
  const jump = deductible - attachment;
  const beyond = law.survival(deductible);
  if (most <= jump) return most * beyond;
  return jump * beyond + expected(attachment + most) - expected(deductible);
}
