import type { Check } from "../certificate.ts";
import type { QuantileFigures } from "@lossmill/core";
import type { Sample } from "../sample.ts";
import { countAtMost } from "../statistics/sorted.ts";
import { standardErrors } from "../statistics/standard-errors.ts";
import type { TailExpectation, Unjudged } from "../tail-expectations.ts";
import { judgedByDistance, notJudged } from "./check.ts";

/**
 * TVaR and what is cut off of it. TVaR is the least value over v of v + mean((x − v)+) / (1 − p) (Rockafellar and Uryasev
 * 2002), so at the exact VaR this is a plain mean of independent draws whose expectation is the exact TVaR, and differs
 * from the sample's own TVaR by second-order terms only. Its spread and skewness are the larger of the sample's and the
 * exact distribution's: those of the sample alone are small just where large losses failed to come.
 */
export function tailChecks(
  sample: Sample,
  expectations: readonly (TailExpectation | Unjudged)[],
  simulated: readonly QuantileFigures[],
): Check[] {
  return expectations.map((expected) => {
    if (!("reason" in expected)) return tailCheck(sample, expected);
    const { name, p, exact, reason } = expected;
    const value = simulated.find((figures) => figures.p === p)?.tvar.value ?? null;
    return notJudged({ name, p, simulated: value, exact: exact.value, exactError: exact.error }, reason);
  });
}

function tailCheck({ n, total }: Sample, expected: TailExpectation): Check {
  const { name, p, from, limit, tail, exact, error } = expected;
  const { mean, sd } = excess(total, from, limit ?? Infinity);
  const observed = from + mean / tail;
  const distance = standardErrors({
    observed,
    exact,
    error,
    se: Math.max(sd, expected.sd) / tail / Math.sqrt(n),
    skewness: expected.skewness / Math.sqrt(n),
  });
  return judgedByDistance({ name, p, limit, simulated: observed, exact, exactError: error }, distance);
}

/** Mean and sd of min(max(x − from, 0), limit − from) over all losses, in ascending order. */
function excess(ordered: Float64Array, from: number, limit: number): { mean: number; sd: number } {
  const n = ordered.length;
  let sum = 0;
  let squares = 0;
  for (let i = countAtMost(ordered, from); i < n; i++) {
    const y = Math.min(ordered[i], limit) - from;
    sum += y;
    squares += y * y;
  }
  const mean = sum / n;
  return { mean, sd: Math.sqrt(Math.max(0, squares / n - mean * mean)) };
}
