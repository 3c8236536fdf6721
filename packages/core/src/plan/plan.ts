import type { FrequencySpec } from "../laws/counts/index.ts";
import type { SeveritySpec } from "../laws/severities/index.ts";
import type { GeneratorName } from "../random/generator.ts";
import type { Driven, Sampling } from "../sampling/sampling.ts";

/**
 * How a line's claims find their trials (docs/numerics.md): a count for each trial; the number of a block's claims, each
 * of which then picks its trial; or the distance from one trial with claims to the next.
 */
export type Placement = "perTrial" | "scatter" | "skip";

/** How far a plan is rewritten (docs/planner.md): 0 the definition, 1 + merged, 2 + placed, 3 + thinned. */
export const OPTIMIZATION_LEVELS = [0, 1, 2, 3] as const;

export type OptimizationLevel = (typeof OPTIMIZATION_LEVELS)[number];

/** What a simulation is asked to return for each trial. */
export type Output = "total" | "maxOccurrence" | "claims" | "byPolicy";

/** A policy's terms with every default filled in; null means unlimited. Amounts in the portfolio's currency. */
export interface LineTerms {
  readonly deductible: number;
  readonly deductibleKind: "ordinary" | "franchise";
  readonly attachment: number;
  readonly limit: number | null;
  readonly aggregateDeductible: number;
  readonly aggregateLimit: number | null;
  readonly insurerShare: number;
}

/** Independent, identical policies, simulated copy by copy: copy i draws from stream `firstStream + i`. */
export interface Line {
  /** The policy's id; of policies that were merged, the first one's. */
  readonly id: string;
  readonly firstStream: number;
  readonly copies: number;
  /** How many policies of the book, copies counted, the line stands for. */
  readonly policies: number;
  /** The law of the ground-up claims of one copy in a year. */
  readonly frequency: FrequencySpec;
  readonly severity: SeveritySpec;
  readonly terms: LineTerms;
  /**
   * S, the probability that a ground-up claim is one of those that are drawn. Below 1 the line is thinned: its counts come
   * from the law of the claims that are left, and a claim is Q(S · v) of the upper tail for a uniform v. 1: all are drawn,
   * a claim is Q(u) of the lower tail.
   */
  readonly survival: number;
  readonly placement: Placement;
  /** Where the plan's sampling changes the line's uniforms, and how it may: docs/sampling.md. */
  readonly driven?: Driven;
  /**
   * Importance sampling draws more of the line's largest claims: the upper-tail probabilities, of the claims drawn, where the
   * ratios of the plan's sampling begin, the second first; those of 0 are left out. A Poisson `frequency` then has the claims that
   * are added.
   */
  readonly tilt?: readonly number[];
  /** The law of counts of trials of even number where a `tilt` has another for those of odd number, `frequency`: `perTrial`. */
  readonly untilted?: FrequencySpec;
}

/**
 * What will be simulated, complete: for a seed it fixes the loss of every trial. Plain JSON without infinities, so that
 * it can be sent, stored, compared and attached to a report.
 */
export interface Plan {
  readonly format: 1;
  readonly portfolio: string;
  readonly currency: string;
  /** A decimal string below 2^128. */
  readonly seed: string;
  /** What makes the uniforms of the seed; none: PCG64. */
  readonly generator?: GeneratorName;
  /** Null: endless. */
  readonly trials: number | null;
  /** The trials that numerical tables are chosen for: 1, 16 or 256 blocks. Runs of one horizon agree bit for bit. */
  readonly horizon: number;
  readonly optimizationLevel: OptimizationLevel;
  readonly outputs: readonly Output[];
  /** How more is made of each trial; none: trials are independent and count alike. */
  readonly sampling?: Sampling;
  readonly lines: readonly Line[];
}
