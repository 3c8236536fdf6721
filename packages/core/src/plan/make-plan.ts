import { type Fault, LossmillError } from "../errors.ts";
import type { Portfolio, Policy } from "../portfolio/portfolio.ts";
import type { GeneratorName } from "../random/generator.ts";
import { parseSeed } from "../random/seed-sequence.ts";
import { BLOCK_TRIALS, blockCount } from "./block.ts";
import type { Line, LineTerms, OptimizationLevel, Output, Plan } from "./plan.ts";
import { rewriteThinned } from "./rewrites/rewrite-plan.ts";
import { survivalOf } from "./rewrites/thin.ts";

/** Streams and blocks are 32-bit words of the random key (docs/numerics.md). */
const WORDS = 4_294_967_296;

/** The horizons, in blocks: how many trials numerical tables are chosen for. */
const HORIZON_BLOCKS = [1, 16, 256] as const;

export interface PlanOptions {
  /** A decimal string below 2^128. */
  readonly seed: string;
  /** What makes its uniforms; by default PCG64. */
  readonly generator?: GeneratorName | undefined;
  /** How many years to simulate; null: endless. */
  readonly trials: number | null;
  /** Trials that tables are chosen for, rounded up to 1, 16 or 256 blocks; by default `trials`. */
  readonly horizon?: number | undefined;
  readonly outputs?: readonly Output[] | undefined;
  /** How far the plan is rewritten; by default as far as can be. */
  readonly optimizationLevel?: OptimizationLevel | undefined;
}

/** The plan of a checked portfolio: its definition, rewritten. Throws BAD_PLAN as `definePlan`. */
export function makePlan(portfolio: Portfolio, options: PlanOptions): Plan {
  const level = options.optimizationLevel ?? 3;
  // Thinned as they are made: of lines that all had the survival 1 the engine changes each one's layout when it meets the
  // first other number, which for ten thousand of them took 8 ms of 35.
  return rewriteThinned(planOf(portfolio, options, level >= 3 ? survivalOf : notThinned), level);
}

/**
 * Turns a checked portfolio into the plan that defines its simulation, level 0: one line a policy, every copy on its own
 * stream, every default of the terms filled in. Throws BAD_PLAN where streams or blocks would leave 32 bits.
 */
export function definePlan(portfolio: Portfolio, options: Omit<PlanOptions, "optimizationLevel">): Plan {
  return planOf(portfolio, options, notThinned);
}

type SurvivalOf = typeof survivalOf;

const notThinned: SurvivalOf = () => 1;

function planOf(portfolio: Portfolio, options: Omit<PlanOptions, "optimizationLevel">, survival: SurvivalOf): Plan {
  parseSeed(options.seed);
  checkTrials(options.trials);
  const lines: Line[] = [];
  let stream = 0;
  for (const policy of portfolio.policies) {
    lines.push(lineOf(policy, stream, survival));
    stream += policy.copies;
  }
  if (stream > WORDS) refuse({ place: "policies", message: `at most ${WORDS} policies and copies, found ${stream}` });
  return {
    format: 1,
    portfolio: portfolio.name,
    currency: portfolio.currency,
    seed: options.seed,
    // Plans of PCG64 stay as they were before there was another.
    ...(options.generator !== undefined && options.generator !== "pcg64" && { generator: options.generator }),
    trials: options.trials,
    horizon: horizonOf(options.horizon ?? options.trials),
    optimizationLevel: 0,
    outputs: options.outputs ?? ["total", "maxOccurrence", "claims"],
    lines,
  };
}

function checkTrials(trials: number | null): void {
  if (trials === null) return;
  if (!Number.isSafeInteger(trials) || trials < 1 || blockCount(trials) > WORDS) {
    refuse({ place: "trials", message: `expected a whole number from 1 to ${WORDS * BLOCK_TRIALS}, found ${trials}` });
  }
}

/** Rounds a number of trials up to a horizon; everything beyond 256 blocks, and an endless run, has the largest. */
function horizonOf(trials: number | null): number {
  const asked = trials === null ? Infinity : blockCount(trials);
  const blocks = HORIZON_BLOCKS.find((size) => asked <= size) ?? 256;
  return blocks * BLOCK_TRIALS;
}

function lineOf(policy: Policy, firstStream: number, survival: SurvivalOf): Line {
  const { id, copies, frequency, severity } = policy;
  const terms = termsOf(policy);
  return {
    id,
    firstStream,
    copies,
    policies: copies,
    frequency,
    severity,
    terms,
    survival: survival({ frequency, severity, terms }),
    placement: "perTrial",
  };
}

function termsOf({ terms }: Policy): LineTerms {
  return {
    deductible: terms?.occurrence?.deductible ?? 0,
    // The engine compares literals by their address, texts of a file letter by letter.
    deductibleKind: terms?.occurrence?.deductibleKind === "franchise" ? "franchise" : "ordinary",
    attachment: terms?.occurrence?.attachment ?? 0,
    limit: terms?.occurrence?.limit ?? null,
    aggregateDeductible: terms?.aggregate?.deductible ?? 0,
    aggregateLimit: terms?.aggregate?.limit ?? null,
    insurerShare: terms?.insurerShare ?? 1,
  };
}

function refuse(fault: Fault): never {
  throw new LossmillError("BAD_PLAN", fault);
}
