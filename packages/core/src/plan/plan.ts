import type { FrequencySpec } from "../laws/counts/index.ts";
import type { SeveritySpec } from "../laws/severities/index.ts";

/** How a line's claims find their trials (docs/numerics.md). At level 0 every line is placed trial by trial. */
export type Placement = "perTrial";

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
  readonly id: string;
  readonly firstStream: number;
  readonly copies: number;
  readonly frequency: FrequencySpec;
  readonly severity: SeveritySpec;
  readonly terms: LineTerms;
  readonly placement: Placement;
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
  /** Null: endless. */
  readonly trials: number | null;
  /** The trials that numerical tables are chosen for: 1, 16 or 256 blocks. Runs of one horizon agree bit for bit. */
  readonly horizon: number;
  readonly optimizationLevel: 0;
  readonly outputs: readonly Output[];
  readonly lines: readonly Line[];
}
