/** What can be gated, in the order in which it is. */
export const GATES = ["speed", "bits", "coverage", "size"] as const;

export type GateName = (typeof GATES)[number];

/** What one gate found. */
export interface GateReport {
  readonly gate: GateName;
  /** Whether there is no problem. */
  readonly passed: boolean;
  /** Why it fails, a line each. */
  readonly problems: readonly string[];
  /** What a reader should know and nobody fails by. */
  readonly notes: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** For programs: what the rows were made of. */
  readonly figures: unknown;
}

/** What a gate compares: two built trees, by their folders, and what the changesets of the second say beyond the first's. */
export interface Trees {
  readonly base: string;
  readonly head: string;
}
