import { type Check, type CheckName, LIMITS } from "../certificate.ts";

/** What a check is about, and what it found, before it is judged. */
export type Finding = Pick<Check, "name"> & Partial<Check>;

const NOTHING = {
  p: null,
  limit: null,
  simulated: null,
  exact: null,
  exactError: null,
  distance: null,
  difference: null,
  pValue: null,
} as const;

/** A finding that says itself whether it passed. */
export function judged(finding: Finding, passed: boolean): Check {
  return { ...finite({ ...NOTHING, ...finding }), judged: true, passed };
}

/** A finding of which nothing can be said; `reason` says why. */
export function notJudged(finding: Finding, reason: string): Check {
  return { ...finite({ ...NOTHING, ...finding }), judged: false, passed: true, reason };
}

/** JSON has no infinities: a number that overflowed is one that is not there. */
function finite<T extends object>(finding: T): T {
  const entries = Object.entries(finding).map(([name, value]) => [
    name,
    Number.isFinite(value) || typeof value !== "number" ? value : null,
  ]);
  return Object.fromEntries(entries) as T;
}

/** Judged by its distance from the exact value, in standard errors. */
export function judgedByDistance(finding: Finding, distance: number): Check {
  return judged({ ...finding, distance }, distance <= LIMITS.standardErrors);
}

/** Judged by a p-value. */
export function judgedByPValue(finding: Finding, pValue: number): Check {
  return judged({ ...finding, pValue }, pValue >= LIMITS.pValue);
}

/** A check of the structure: passed where no fault was found. */
export function judgedByFault(name: CheckName, fault: string | null): Check {
  return fault === null ? judged({ name }, true) : judged({ name, reason: fault }, false);
}
