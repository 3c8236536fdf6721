import type { OptimizationLevel, Placement } from "@lossmill/core";
import { hashOf } from "../hash-of.ts";
import { type Book, planOf, withSupported } from "./book.ts";
import { mismatch } from "./mismatch.ts";
import { RECORDS } from "./records.ts";
import type { Suite } from "./suite.ts";

/** The claims of a count law's years. */
export interface CountRecord {
  readonly law: string;
  readonly level: OptimizationLevel;
  readonly placements: readonly Placement[];
  /** Those of the first trials, to show where they begin to differ. */
  readonly first: readonly number[];
  /** Of all trials. */
  readonly hash: number;
}

/** A book of one count law, whose claims all pay 1: nothing is rounded, whatever a backend's agreement. */
export function countBook(law: object): Book {
  return { name: "counts", policies: () => [{ frequency: law, severity: { law: "constant", value: 1 } }], trials: 600 };
}

/** Counts are equal integers on every backend, for every count law and in each trial. */
export function counts({ test, skip, backend, run }: Suite): void {
  const { supports } = backend;
  const isCounted = supports.outputs.includes("claims");
  for (const record of RECORDS.counts) {
    const { law, level } = record;
    const what = `${law}, level ${level}`;
    const lacking = record.placements.find((one) => !supports.placements.includes(one));
    if (lacking !== undefined) {
      skip(what, `no placement ${lacking}`);
      continue;
    }
    test(what, async () => {
      const plan = withSupported(planOf(countBook(JSON.parse(law) as object), level), supports);
      const { losses } = await run(plan);
      // Claims of 1 add up to their number.
      checkCounts("total", record, losses.total);
      if (isCounted) checkCounts("claims", record, losses.claims);
    });
  }
}

function checkCounts(output: string, { first, hash }: CountRecord, found: Float64Array): void {
  first.forEach((due, t) => {
    if (found[t] !== due) throw mismatch(`${output}, trial ${t}`, due, found[t]);
  });
  if (hashOf(found) !== hash) throw mismatch(`${output}, hash of all trials`, hash, hashOf(found));
}
