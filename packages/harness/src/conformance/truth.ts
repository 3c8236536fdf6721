import type { Collected, OptimizationLevel, Placement, Plan } from "@lossmill/core";
import { LIMITS } from "../certificate.ts";
import { distinctBlocksFault, filledFault } from "../checks/blocks-faults.ts";
import { trialsFault } from "../checks/trials-fault.ts";
import { binomialDistance } from "../statistics/binomial-distance.ts";
import { kurtosisOf, skewnessOf } from "../statistics/sample-moments.ts";
import { countAtMost, countBelow, sortedCopy } from "../statistics/sorted.ts";
import { standardErrors } from "../statistics/standard-errors.ts";
import { planOf, withSupported } from "./book.ts";
import { bookNamed } from "./books.ts";
import { mismatch } from "./mismatch.ts";
import { RECORDS } from "./records.ts";
import type { Suite } from "./suite.ts";

/** What is known of a book without a random number: @lossmill/exact's figures. */
export interface TruthRecord {
  readonly book: string;
  readonly level: OptimizationLevel;
  readonly placements: readonly Placement[];
  /** Paying claims that are expected in a year. */
  readonly claims: number;
  /** Null where there is none. */
  readonly mean: KnownFigure | null;
  readonly sd: KnownFigure | null;
  readonly kurtosis: number | null;
  /** VaR of the total at some levels, and of the largest claim. */
  readonly quantiles: readonly {
    readonly p: number;
    readonly total: KnownFigure;
    readonly maxOccurrence: KnownFigure;
  }[];
}

type KnownFigure = readonly [value: number, error: number];

/** Trials that the truth is judged by: sixteen blocks, of which other groups look at five. */
const TRIALS = 65_536;

/**
 * Means, sds and quantiles are those of the book, within the limits of `verify` (4.75 standard errors), and no two blocks
 * are the same. The seed is fixed: a backend that is right passes always, or never.
 */
export function truth({ test, skip, backend, run }: Suite): void {
  const { supports } = backend;
  for (const record of RECORDS.truth) {
    const what = `${record.book}, level ${record.level}`;
    const lacking = record.placements.find((one) => !supports.placements.includes(one));
    if (lacking !== undefined) {
      skip(what, `no placement ${lacking}`);
      continue;
    }
    test(what, async () => {
      const book = { ...bookNamed(record.book), trials: TRIALS };
      const plan = withSupported(planOf(book, record.level), supports);
      checkTruth(record, plan, await run(plan));
    });
  }
}

function checkTruth(record: TruthRecord, plan: Plan, { losses, trials, summary }: Collected): void {
  if (trials < TRIALS) throw mismatch("trials", TRIALS, trials);
  const has = (output: "maxOccurrence" | "claims") => plan.outputs.includes(output);
  const total = sortedCopy(losses.total);
  const fault =
    (has("maxOccurrence") && has("claims") ? trialsFault(losses) : null) ??
    distinctBlocksFault(losses.total, total) ??
    filledFault(losses.total, total);
  if (fault !== null) throw new Error(fault);
  checkMoments(record, summary!);
  const largest = has("maxOccurrence") ? sortedCopy(losses.maxOccurrence) : null;
  for (const { p, total: valueAtRisk, maxOccurrence } of record.quantiles) {
    checkQuantile(`VaR at ${p}`, p, total, valueAtRisk);
    if (largest) checkQuantile(`OEP at ${p}`, p, largest, maxOccurrence);
  }
  if (has("claims")) checkClaims(record, summary!);
}

type Summary = NonNullable<Collected["summary"]>;

function checkMoments({ mean, sd, kurtosis }: TruthRecord, { total }: Summary): void {
  if (mean === null || sd === null || kurtosis === null) return;
  const found = Math.sqrt(total.m2 / (TRIALS - 1));
  const spread = Math.max(kurtosis, kurtosisOf(total));
  const base = { isStudentized: false };
  judge("mean", mean, total.mean, {
    ...base,
    se: sd[0] / Math.sqrt(TRIALS),
    skewness: Math.sqrt((kurtosis - 1) / TRIALS),
  });
  judge("sd", sd, found, {
    ...base,
    se: (Math.sqrt((spread - 1) / TRIALS) * Math.max(sd[0], found)) / 2,
    skewness: 0,
  });
}

function checkClaims({ claims: due }: TruthRecord, { claims }: Summary): void {
  judge("claims", [due, 0], claims.mean, {
    se: Math.sqrt(claims.m2 / (TRIALS - 1) / TRIALS),
    skewness: skewnessOf(claims) / Math.sqrt(TRIALS),
    isStudentized: true,
  });
}

interface Spread {
  readonly se: number;
  readonly skewness: number;
  readonly isStudentized: boolean;
}

function judge(figure: string, [exact, error]: KnownFigure, observed: number, spread: Spread): void {
  const distance = standardErrors({ observed, exact, error, ...spread });
  if (distance <= LIMITS.standardErrors) return;
  throw mismatch(figure, `${exact} within ${LIMITS.standardErrors} standard errors`, `${observed}, ${distance} away`);
}

/** Amounts this near are one: losses at an atom are rounded. */
const ROUNDING = 1e-9;

/** Of n losses, those up to the exact quantile are binomial of at least p, those below it of at most p. */
function checkQuantile(figure: string, p: number, ordered: Float64Array, [value, error]: KnownFigure): void {
  const margin = error + ROUNDING * value;
  const tooFew = -binomialDistance(countAtMost(ordered, value + margin), TRIALS, p);
  const tooMany = binomialDistance(countBelow(ordered, value - margin), TRIALS, p);
  if (Math.max(tooFew, tooMany) <= LIMITS.standardErrors) return;
  const found = ordered[Math.ceil(TRIALS * p) - 1];
  throw mismatch(figure, `${value} within ${LIMITS.standardErrors} standard errors`, found);
}
