import { type Policy, countLaw, severity } from "@lossmill/core";
import type { Exact } from "../src/workloads.ts";

/** Books that differ in one thing, each run on every backend: what that thing costs. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly cases: readonly SuiteCase[];
  /** The case that the others are divided by. */
  readonly reference?: string;
  /** What was left out, and why: one line each. */
  readonly leftOut: readonly string[];
}

export interface SuiteCase {
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly trials: number;
}

/** What the caller chooses. */
export interface SuiteSize {
  /** Trials of each case, but of the grid's. */
  readonly trials: number;
  /** The most claims that a case of the grid may have. */
  readonly budget: number;
}

/** Claims a policy and year: rare, as in most books. */
export const LAMBDA = 0.2;

/**
 * `count` policies; `policy` gets a factor from 1 to 2, another for each, to scale amounts by: policies of equal laws
 * would be merged into one line.
 */
export function policiesOf(count: number, policy: (factor: number) => Omit<Policy, "id" | "copies">): Policy[] {
  return Array.from({ length: count }, (_, i) => ({ id: `p${i}`, copies: 1, ...policy(1 + i / count) }));
}

/** The claims a trial that a book expects, ground-up. */
export function claimsPerTrial(policies: readonly Policy[]): number {
  return policies.reduce((sum, { frequency, copies }) => sum + copies * countLaw(frequency).mean, 0);
}

/** The closed form, from the laws' moments (Klugman, Panjer and Willmot, Loss models, 9.2); null where there are terms. */
export function exactOf(policies: readonly Policy[]): Exact | null {
  if (policies.some(({ terms }) => terms !== undefined)) return null;
  let mean = 0;
  let variance = 0;
  for (const { frequency, copies, severity: spec } of policies) {
    const count = countLaw(frequency);
    const amount = severity(spec);
    mean += copies * count.mean * amount.mean;
    variance += copies * (count.mean * amount.variance + count.variance * amount.mean ** 2);
  }
  return { mean, sd: Math.sqrt(variance), exkurt: null };
}
