import { type Collected, type OptimizationLevel, type Plan, type SamplingMethod, samplePlan } from "@lossmill/core";
import { hashOf } from "../hash-of.ts";
import { checkArrays } from "./blocks.ts";
import { type Book, frozen, planOf, whyNot, withSupported } from "./book.ts";
import { SAMPLED } from "./books.ts";
import { mismatch } from "./mismatch.ts";
import { type LossRecord, RECORDED_AGREEMENT, STRETCH, checkAmount, checkLosses } from "./record.ts";
import { RECORDS } from "./records.ts";
import { beginning, sameBits } from "./same-bits.ts";
import type { Suite } from "./suite.ts";
import { sumOf } from "@lossmill/core/math";

/** What is recorded of a book whose trials are sampled. */
export interface SampledRecord extends LossRecord {
  readonly sampling: SamplingMethod;
  /** Where trials are weighted: sums over 256 trials each, and the hash of all. */
  readonly weight?: { readonly stretches: readonly number[]; readonly bits: number };
  /** Where there are controls, of each: sums over 256 trials. */
  readonly controls?: readonly (readonly number[])[];
}

/** Where importance sampling draws more claims. */
const TILTING = { amounts: [0, 2000, 8000, 30_000], ratios: [1, 1.2, 2, 5] };

/** The plan of a book, its trials sampled by a method. */
export function sampledPlan(book: Book, level: OptimizationLevel, method: SamplingMethod): Plan {
  const plan = planOf(book, level);
  return frozen(samplePlan(plan, method === "importance" ? { method, tilting: TILTING } : { method }));
}

/**
 * Under each sampling that a backend names, losses, weights and controls are those of the definition, and still a longer run
 * begins with the trials of a shorter one.
 */
export function sampling(suite: Suite): void {
  const { test, skip, backend, run } = suite;
  const { supports, agreement } = backend;
  for (const record of RECORDS.sampling) {
    const { sampling: method, level } = record;
    const what = `${method}, level ${level}`;
    const plan = withSupported(sampledPlan(SAMPLED, level, method), supports);
    const why = whyNot(plan, supports);
    if (why !== null) {
      skip(what, why);
      continue;
    }
    test(what, async () => {
      await checkFirstPart(suite, plan);
      const found = await run(plan);
      checkLosses(record, plan, found, agreement);
      checkWeights(record, found);
      checkControls(record, found, Math.max(agreement, RECORDED_AGREEMENT));
      checkAmount("summary.draws", record.draws, found.summary?.draws ?? NaN, 0);
      const shorter = await run(frozen({ ...plan, trials: 1000 }));
      sameBits("1000 trials", beginning(found, 1000), beginning(shorter, 1000));
    });
  }
}

/** What is not there cannot be collected. */
async function checkFirstPart({ simulator }: Suite, plan: Plan): Promise<void> {
  for await (const part of (await simulator()).simulate(plan)) {
    checkArrays(part, plan);
    return;
  }
}

/** Rounding of sums in another order. */
const ROUNDING = 1e-9;

/** Weights are made of uniforms alone, and core makes them: every bit is due, whatever the agreement. */
function checkWeights({ weight: due }: SampledRecord, { losses: { weight } }: Collected): void {
  if (due === undefined || weight === undefined) return;
  due.stretches.forEach((sum, i) => {
    checkAmount(`weight, trials ${stretchAt(i, weight)} together`, sum, sumsOf(weight)[i], ROUNDING * sum);
  });
  if (hashOf(weight) !== due.bits) throw mismatch("weight: the hash of all trials", due.bits, hashOf(weight));
}

function checkControls({ controls: due = [], stretches }: SampledRecord, { losses }: Collected, promised: number) {
  due.forEach((sums, k) => {
    const control = losses.controls![k];
    const found = sumsOf(control);
    sums.forEach((sum, i) => {
      const [groundUp] = stretches[i];
      checkAmount(`control ${k}, trials ${stretchAt(i, control)} together`, sum, found[i], promised * groundUp);
    });
  });
}

function stretchAt(i: number, { length }: Float64Array): string {
  return `${i * STRETCH} to ${Math.min((i + 1) * STRETCH, length) - 1}`;
}

/** Sums over 256 values each. */
export function sumsOf(values: Float64Array): number[] {
  return Array.from({ length: Math.ceil(values.length / STRETCH) }, (_, i) =>
    sumOf(values.subarray(i * STRETCH, (i + 1) * STRETCH)),
  );
}
