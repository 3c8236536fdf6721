import type { QuantileFigures } from "@lossmill/core";
import { type Check, LIMITS } from "../certificate.ts";
import type { ExactFigure, ExactQuantiles } from "../judge.ts";
import type { Sample } from "../sample.ts";
import { binomialDistance } from "../statistics/binomial-distance.ts";
import { countAtMost, countBelow } from "../statistics/sorted.ts";
import { judgedByDistance, notJudged } from "./check.ts";

/** Amounts this near are one: losses at an atom are rounded. */
const ROUNDING = 1e-9;

/** VaR and OEP of each level, simulated and exact. */
export function quantileChecks(
  { total, maxOccurrence }: Sample,
  exact: readonly ExactQuantiles[],
  simulated: readonly QuantileFigures[],
): Check[] {
  return exact.flatMap(({ p, var: valueAtRisk, oep }, i) => [
    quantileCheck("var", p, total, valueAtRisk, simulated[i].var.value),
    quantileCheck("oep", p, maxOccurrence, oep, simulated[i].oep.value),
  ]);
}

/**
 * A quantile, judged by counts: of n losses, those up to the exact quantile are binomial of at least p, those below it of
 * at most p. That needs no density, holds where the quantile is an atom and gives way by as much as the exact value may be
 * wrong.
 */
function quantileCheck(
  name: "var" | "oep",
  p: number,
  ordered: Float64Array,
  { value, error, reason }: ExactFigure,
  simulated: number | null,
): Check {
  const finding = { name, p, simulated, exact: value, exactError: error };
  const n = ordered.length;
  if (value === null) return notJudged(finding, reason ?? "the exact value is not known");
  // 1 − p loses digits that no count could see.
  const fewest = n * Math.min(p, 1 - p);
  if (fewest < LIMITS.quantileLosses - ROUNDING) {
    return notJudged(finding, `${Number(fewest.toPrecision(3))} losses beyond it, ${LIMITS.quantileLosses} are needed`);
  }
  const margin = (error ?? 0) + ROUNDING * Math.abs(value);
  const tooFew = -binomialDistance(countAtMost(ordered, value + margin), n, p);
  const tooMany = binomialDistance(countBelow(ordered, value - margin), n, p);
  return judgedByDistance(finding, Math.max(0, tooFew, tooMany));
}
