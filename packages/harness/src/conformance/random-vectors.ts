import { BLOCK_TRIALS, type GeneratorName, type Part, type Placement, type Plan } from "@lossmill/core";
import { THREE, frozen, whyNot, withSupported } from "./book.ts";
import { mismatch } from "./mismatch.ts";
import { RECORDED_AGREEMENT, checkAmount } from "./record.ts";
import { RECORDS } from "./records.ts";
import type { Suite } from "./suite.ts";
import { sumOf } from "@lossmill/core/math";

/** A block of a book whose claims are uniform on (0, 1), by NumPy (fixtures/random-vectors.json). */
export interface RandomVector {
  readonly what: string;
  /** PCG64 unless told. */
  readonly generator?: GeneratorName;
  readonly placement: Placement;
  readonly frequency: Plan["lines"][number]["frequency"];
  readonly survival: number;
  readonly seed: string;
  readonly stream: number;
  readonly block: number;
  readonly draws: number;
  /** Of the whole block. */
  readonly claims: number;
  readonly trials: readonly (readonly [trial: number, total: number, maxOccurrence: number, claims: number])[];
}

/** Blocks that may come before the one that is asked for. */
const MOST_OTHERS = 1000;

/** Uniforms, counts and trials are NumPy's: any stream, any block, any seed, each placement. */
export function randomVectors({ test, skip, backend, simulator }: Suite): void {
  const { supports } = backend;
  for (const vector of RECORDS.random) {
    const plan = withSupported(planOf(vector), supports);
    const what = `${vector.generator ?? "pcg64"}, ${vector.what}, seed ${vector.seed}, stream ${vector.stream}, block ${vector.block}`;
    const why = whyNot(plan, supports);
    if (why !== null) skip(what, why);
    else {
      test(what, async () => {
        let others = 0;
        for await (const part of (await simulator()).simulate(plan, { firstBlock: vector.block })) {
          if (part.block.index === vector.block) {
            checkVector(vector, plan, part, Math.max(backend.agreement, RECORDED_AGREEMENT));
            return;
          }
          // Blocks may come in any order, but none before the first, and this plan may have no last one.
          if (part.block.index < vector.block || ++others > MOST_OTHERS) break;
        }
        throw mismatch("parts", `one of block ${vector.block}`, "none");
      });
    }
  }
}

function planOf({ generator, placement, frequency, survival, seed, stream, block }: RandomVector): Plan {
  const severity = { law: "uniform", min: 0, max: 1 } as const;
  const terms = {
    deductible: 0,
    deductibleKind: "ordinary",
    attachment: 0,
    limit: null,
    aggregateDeductible: 0,
    aggregateLimit: null,
    insurerShare: 1,
  } as const;
  return frozen({
    format: 1,
    portfolio: "uniforms",
    currency: "EUR",
    seed,
    ...(generator && { generator }),
    trials: block < 100 ? (block + 1) * BLOCK_TRIALS : null,
    horizon: BLOCK_TRIALS,
    optimizationLevel: 3,
    outputs: THREE,
    lines: [
      { id: "uniform", firstStream: stream, copies: 1, policies: 1, frequency, severity, terms, survival, placement },
    ],
  });
}

function checkVector(vector: RandomVector, { outputs }: Plan, { losses, summary }: Part, promised: number): void {
  const has = (output: (typeof THREE)[number]) => outputs.includes(output);
  for (const [trial, total, maxOccurrence, claims] of vector.trials) {
    checkAmount(`total, trial ${trial}`, total, losses.total[trial], promised * total);
    if (has("maxOccurrence")) {
      const place = `maxOccurrence, trial ${trial}`;
      checkAmount(place, maxOccurrence, losses.maxOccurrence[trial], promised * total);
    }
    if (has("claims")) checkAmount(`claims, trial ${trial}`, claims, losses.claims[trial], 0);
  }
  if (has("claims")) {
    const claims = sumOf(losses.claims);
    checkAmount("claims of the block", vector.claims, claims, 0);
  }
  checkAmount("summary.draws", vector.draws, summary.draws, 0);
}
