import type { Answer, Measured } from "./contestant.ts";
import type { Machine } from "./machine.ts";
import { type Spread, spreadOf } from "./spread.ts";
import type { Exact } from "./workloads.ts";

/** Everything that was measured in one call of the benchmarks, every sample of it, and on what machine. */
export interface BenchRecord {
  readonly format: 1;
  /** Day of the race, UTC. */
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly seed: number;
  readonly races: readonly Race[];
}

/** All contestants on one workload at one number of trials. */
export interface Race {
  readonly workload: string;
  readonly title: string;
  readonly trials: number;
  readonly claimsPerTrial: number;
  readonly exact: Exact | null;
  readonly entries: readonly Entry[];
}

/** How one contestant did; only a right answer, or one that nothing can be said of, has times. Errors: see judge.ts. */
export type Entry = Timed | Wrong | Absent;

export interface Timed {
  readonly contestant: string;
  readonly status: "right" | "unchecked";
  readonly meanError: number | null;
  readonly sdError: number | null;
  /** One a round. */
  readonly samples: readonly Measured[];
}

export interface Wrong {
  readonly contestant: string;
  readonly status: "wrong";
  readonly meanError: number | null;
  readonly sdError: number | null;
  readonly answers: readonly Answer[];
}

export interface Absent {
  readonly contestant: string;
  readonly status: "skipped" | "failed";
  readonly reason: string;
}

export function isTimed(entry: Entry): entry is Timed {
  return entry.status === "right" || entry.status === "unchecked";
}

/** What the samples of one contestant come to. */
export interface Figures {
  /** Of the median round, by the clock on the wall. */
  readonly trialsPerSecond: number;
  /** CPU time of all threads. */
  readonly nanosecondsPerClaim: Spread;
  readonly peakBytes: number | null;
}

/** What of a race and of a sample its figures are made of. */
export type Size = Pick<Race, "trials" | "claimsPerTrial">;
export type Sample = Pick<Measured, "seconds" | "cpuSeconds" | "peakBytes">;

export function figuresOf(race: Size, { samples }: { readonly samples: readonly Sample[] }): Figures {
  const claims = race.trials * race.claimsPerTrial;
  const peaks = samples.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
  return {
    trialsPerSecond: race.trials / spreadOf(samples.map(({ seconds }) => seconds)).median,
    nanosecondsPerClaim: spreadOf(samples.map(({ cpuSeconds }) => (cpuSeconds / claims) * 1e9)),
    peakBytes: peaks.length === 0 ? null : Math.max(...peaks),
  };
}

/** How many times as fast one contestant is as another, by CPU time, round by round. */
export function timesAsFast({ samples }: Timed, other: Timed): Spread {
  return spreadOf(samples.map(({ cpuSeconds }, round) => other.samples[round].cpuSeconds / cpuSeconds));
}

/** A contestant's entry; undefined where it has no time. */
export function timedEntry({ entries }: Race, name: string): Timed | undefined {
  return entries.filter(isTimed).find(({ contestant }) => contestant === name);
}
