import { type ExistingMoments, report } from "@lossmill/core";
import type { Check } from "../certificate.ts";
import type { Judge } from "../judge.ts";
import type { Sample } from "../sample.ts";
import type { TailExpectation, Unjudged } from "../tail-expectations.ts";
import { distinctBlocksFault, filledFault } from "./blocks-faults.ts";
import { judgedByFault } from "./check.ts";
import { distributionCheck } from "./distribution-checks.ts";
import { claimsCheck, meanCheck, sdCheck } from "./moment-checks.ts";
import { quantileChecks } from "./quantile-checks.ts";
import { tailChecks } from "./tail-checks.ts";

/** Everything that a complete run's losses, finite ones, are judged by on their own. */
export function sampleChecks(
  sample: Sample,
  judge: Judge,
  exists: ExistingMoments,
  tails: readonly (TailExpectation | Unjudged)[],
): Check[] {
  const { losses, summary } = sample;
  const { total, maxOccurrence } = losses;
  const levels = judge.quantiles.map(({ p }) => p);
  const { quantiles } = report({ summary, total, maxOccurrence, exists, levels });
  return [
    judgedByFault("distinctBlocks", distinctBlocksFault(total, sample.total)),
    judgedByFault("filled", filledFault(total, sample.total)),
    meanCheck(sample, judge, exists),
    sdCheck(sample, judge, exists),
    claimsCheck(sample, judge),
    ...quantileChecks(sample, judge.quantiles, quantiles),
    ...tailChecks(sample, tails, quantiles),
    distributionCheck("total", sample.total, judge.total),
    distributionCheck("maxOccurrence", sample.maxOccurrence, judge.maxOccurrence),
  ];
}
