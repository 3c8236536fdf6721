/** What a contestant found: moments of the book's loss a year, over the trials that it ran. */
export interface Answer {
  readonly mean: number;
  /** With n − 1 below the line. */
  readonly sd: number;
}

/** Runs `trials` years of one book. This, and nothing else, is timed. */
export type Simulate = (trials: number, seed: string) => Answer | Promise<Answer>;

/**
 * A contestant written in TypeScript: one file in contestants/ that exports this as `contestant`. It is given the text
 * of the portfolio file, and runs in a process of its own (run-contestant.ts).
 */
export interface Contestant {
  load(portfolio: string): Simulate;
  /** What it is made of, by version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Thrown by `load` for a law or a term that a contestant does not have: it sits that workload out, visibly. */
export class Unsupported extends Error {}

/** The one line of JSON that a contestant's process prints, whatever its language. */
export type ContestantLine = Measured | { readonly skipped: string };

/** One process: its answer, and what a run cost; times are means over the runs of the process. */
export interface Measured extends Answer {
  readonly seconds: number;
  /** All threads together. */
  readonly cpuSeconds: number;
  /** The largest resident size of the process, its runtime included; null where the system does not tell. */
  readonly peakBytes: number | null;
  readonly versions: Readonly<Record<string, string>>;
}
