import type { GeneratorName, OptimizationLevel, Output } from "@lossmill/core";
import { readFileSync } from "node:fs";
import { generatedPolicies } from "../../../../packages/harness/src/conformance/generated-policies.ts";
import { ODD } from "../../../../tools/testing/odd-books.ts";
import { allWorkloads } from "../../workloads.ts";

/** A book, and how it is run. */
export interface BitBook {
  readonly name: string;
  readonly policies: readonly object[];
  readonly trials: number;
  readonly horizon: number;
  readonly levels: readonly OptimizationLevel[];
  readonly generator?: GeneratorName;
  /** All that a plan can have, unless told. */
  readonly outputs?: readonly Output[];
}

const ALL_LEVELS = [0, 1, 2, 3] as const;
/** Books that nobody would write, any law with any law and any terms. */
const GENERATED = 60;

/**
 * Every workload, every odd book, and generated ones: all laws, all placements at all levels, a last block that is not
 * whole. The large workloads are run in few trials, because the definition takes a second for a million claims. Workloads are also run
 * with the other generator, and for totals alone, for which kernels have loops of their own.
 */
export function bitBooks(): BitBook[] {
  const workloads = allWorkloads().flatMap(({ name, book, claimsPerTrial }): BitBook[] => {
    const { policies } = JSON.parse(readFileSync(book, "utf8")) as { policies: object[] };
    const trials = claimsPerTrial > 100 ? 300 : 4500;
    const levels: readonly OptimizationLevel[] = claimsPerTrial > 1000 ? [3] : [0, 3];
    const run: BitBook = { name, policies, trials, horizon: 1_048_576, levels };
    return [
      run,
      { ...run, name: `${name} with sfc64`, levels: [3], generator: "sfc64" },
      { ...run, name: `${name}, totals alone`, levels: [3], outputs: ["total"] },
    ];
  });
  const odd = ODD.map(([name, policies, { trials = 1, horizon = trials }]): BitBook => ({
    name,
    policies,
    trials,
    horizon,
    levels: ALL_LEVELS,
  }));
  const generated = Array.from({ length: GENERATED }, (_, i): BitBook => {
    const policies = generatedPolicies(i);
    return { name: `generated ${i}`, policies, trials: 4099, horizon: 4099, levels: ALL_LEVELS };
  });
  return [...workloads, ...odd, ...generated];
}
