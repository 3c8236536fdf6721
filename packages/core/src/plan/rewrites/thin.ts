import { thinningRefusal } from "../../laws/counts/thinned.ts";
import { severitySurvival } from "../../laws/severities/index.ts";
import { payingThreshold } from "../line-terms.ts";
import type { Line } from "../plan.ts";

/**
 * Level 3: claims that cannot pay are never drawn. Returns the probability with which a claim is drawn.
 *
 * A claim pays only above t = deductible + attachment (of a franchise: the larger of the two), which it passes with
 * probability S = P(X > t), on its own. Leaving the others out thins the count, and what is left has the severity given X >
 * t: its upper-tail probability is uniform in (0, S), so a claim is Q(S · v) of the upper tail for a uniform v. Totals,
 * largest claims and numbers of paying claims never see a claim that pays nothing, so their joint law is the same.
 *
 * Exact where the thinned count law is known (`thinnedLaw`); refused elsewhere.
 */
export function survivalOf({ frequency, severity, terms }: Pick<Line, "frequency" | "severity" | "terms">): number {
  const survival = severitySurvival(severity, payingThreshold(terms));
  return survival < 1 && thinningRefusal(frequency) === null ? survival : 1;
}

/** Why a line's claims are drawn as they are. */
export function thinReason({ frequency, severity, terms }: Line): string {
  const threshold = payingThreshold(terms);
  if (severitySurvival(severity, threshold) >= 1) {
    return terms.limit === 0 ? "no claim pays: the limit is 0" : "every claim can pay";
  }
  return thinningRefusal(frequency) ?? `only claims above ${threshold} pay`;
}
