import type { Collected, OptimizationLevel, Output, Placement, Plan, TrialLosses } from "@lossmill/core";
import { hashOf } from "../hash-of.ts";
import { mismatch } from "./mismatch.ts";
import { sumOf } from "@lossmill/core/math";

/** How closely what is recorded follows the definition: its last bits are those of one engine. */
export const RECORDED_AGREEMENT = 1e-10;

/** Trials whose sums are recorded together. */
export const STRETCH = 256;

/** A ground-up sum (a few digits of it, rounded down), total, largest claim, number of paying claims. */
type Amounts = readonly [groundUp: number, total: number, maxOccurrence: number, claims: number];

/** What is recorded of the losses of a book at a level. */
export interface LossRecord {
  readonly book: string;
  readonly level: OptimizationLevel;
  readonly placements: readonly Placement[];
  readonly draws: number;
  readonly trials: readonly (readonly [trial: number, ...Amounts])[];
  /** Sums over 256 trials each: what a fault anywhere shows in. */
  readonly stretches: readonly Amounts[];
  /** Each plan line's ground-up sum and loss over all trials, where the book asks for it. */
  readonly lines?: readonly (readonly [groundUp: number, total: number])[];
  /** Hashes of the bits that backends with an agreement of 0 share. */
  readonly bits: { readonly total: number; readonly maxOccurrence: number; readonly claims: number };
}

const AMOUNTS = ["total", "maxOccurrence"] as const;

/** Throws where a run's losses are not those recorded, within what the backend promises. */
export function checkLosses(record: LossRecord, plan: Plan, run: Collected, agreement: number): void {
  const { losses, trials, complete } = run;
  if (!complete) throw mismatch("trials", plan.trials, trials);
  const promised = Math.max(agreement, RECORDED_AGREEMENT);
  const slack = claimsSlack(promised, record);
  for (const [trial, ...due] of record.trials) {
    checkAmounts(`trial ${trial}`, plan.outputs, due, amountsAt(losses, trial, trial + 1), promised, slack);
  }
  record.stretches.forEach((due, i) => {
    const end = Math.min((i + 1) * STRETCH, trials);
    const place = `trials ${i * STRETCH} to ${end - 1} together`;
    checkAmounts(place, plan.outputs, due, amountsAt(losses, i * STRETCH, end), promised, slack);
  });
  record.lines?.forEach(([groundUp, due], i) => {
    if (losses.byPolicy) checkAmount(`byPolicy, line ${i}`, due, sumOf(losses.byPolicy[i]), promised * groundUp);
  });
  if (agreement > 0) return;
  for (const output of ["total", "maxOccurrence", "claims"] as const) {
    if (!plan.outputs.includes(output) || hashOf(losses[output]) === record.bits[output]) continue;
    const place = `${output}: an agreement of 0 is every bit, and the hash of all trials`;
    throw mismatch(place, record.bits[output], hashOf(losses[output]));
  }
}

/**
 * How many claims may pay in one backend and not in the other because they are that near their threshold: none where the
 * backend is as close to the definition as ours are, for no recorded claim is.
 */
function claimsSlack(promised: number, { stretches }: LossRecord): number {
  if (promised <= RECORDED_AGREEMENT) return 0;
  return 1 + Math.ceil(10 * promised * sumOf(stretches, ([, , , claims]) => claims));
}

function checkAmounts(
  place: string,
  outputs: readonly Output[],
  [groundUp, total, maxOccurrence, claims]: Amounts,
  found: TrialSums,
  promised: number,
  slack: number,
): void {
  const due = { total, maxOccurrence };
  for (const output of AMOUNTS) {
    if (outputs.includes(output)) checkAmount(`${output}, ${place}`, due[output], found[output], promised * groundUp);
  }
  if (!outputs.includes("claims") || Math.abs(found.claims - claims) <= slack) return;
  throw mismatch(`claims, ${place}`, claims, found.claims);
}

/** Throws where an amount is off by more than `most`, and where it is no number. */
export function checkAmount(place: string, due: number, found: number, most: number): void {
  if (due === found || Math.abs(due - found) <= most) return;
  throw mismatch(place, `${due} ± ${Number(most.toPrecision(2))}`, found);
}

type TrialSums = { readonly [K in "total" | "maxOccurrence" | "claims"]: number };

export function amountsAt(losses: TrialLosses, start: number, end: number): TrialSums {
  const sum = (output: "total" | "maxOccurrence" | "claims") => sumOf(losses[output].subarray(start, end));
  return { total: sum("total"), maxOccurrence: sum("maxOccurrence"), claims: sum("claims") };
}
