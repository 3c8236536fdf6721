// A plan's lines as this kernel reads them: core's compiled-plan.ts says what is where.
import { Thresholds } from "./counts";

export const PER_TRIAL: i32 = 0;
export const SCATTER: i32 = 1;
export const SKIP: i32 = 2;

export const HANDS_COUNTS: i32 = 1;
export const HANDS_CLAIMS: i32 = 2;
export const HANDS_PAYMENTS: i32 = 4;

/** What the plan itself says of a line; the host writes these. */
@unmanaged
export class Line {
  placement: i32;
  copies: u32;
  firstStream: u32;
  /** What the plan's sampling is handed: HANDS_COUNTS, HANDS_CLAIMS, HANDS_PAYMENTS. */
  handed: i32;
}

/** A row of CompiledPlan.terms. */
@unmanaged
export class Terms {
  deductible: f64;
  franchise: f64;
  attachment: f64;
  limit: f64;
  aggregateDeductible: f64;
  aggregateLimit: f64;
  insurerShare: f64;
  survival: f64;
}

/** Whether the year's sum has terms of its own. */
// @ts-ignore: decorator
@inline
export function hasYearTerms(terms: Terms): bool {
  return terms.aggregateDeductible > 0 || terms.aggregateLimit < Infinity;
}

/** A row of CompiledPlan.scales. */
@unmanaged
export class Scale {
  offset: f64;
  slope: f64;
  share: f64;
  shift: f64;
}

export const LINE: i32 = 0;
export const CURVE: i32 = 1;
export const QUANTILE: i32 = 2;
export const STEPS: i32 = 3;

/** A row of CompiledPlan.severities. */
@unmanaged
export class Severity {
  form: i32;
  start: i32;
  hasHoles: i32;
  unused: i32;
}

/** The three tables of a line. */
@unmanaged
export class Tables {
  placesStart: i32;
  placesLength: i32;
  placesGuideStart: i32;
  placesGuideLength: i32;
  sizesStart: i32;
  sizesLength: i32;
  sizesGuideStart: i32;
  sizesGuideLength: i32;
  amountsStart: i32;
  amountsLength: i32;
  amountsGuideStart: i32;
  amountsGuideLength: i32;
}

// @ts-ignore: decorator
@inline
export function placesOf(tables: Tables): Thresholds {
  return changetype<Thresholds>(changetype<usize>(tables));
}

// @ts-ignore: decorator
@inline
export function sizesOf(tables: Tables): Thresholds {
  return changetype<Thresholds>(changetype<usize>(tables) + offsetof<Tables>("sizesStart"));
}

// @ts-ignore: decorator
@inline
export function amountsOf(tables: Tables): Thresholds {
  return changetype<Thresholds>(changetype<usize>(tables) + offsetof<Tables>("amountsStart"));
}
