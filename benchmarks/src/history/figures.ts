import { type Spread, spreadOf } from "../spread.ts";
import type { HistoryRace, HistoryRecord, TimedHistoryEntry } from "./history-record.ts";

/** A race with the name that it is shown by: the workload's, with the trials where the record has several of them. */
export interface Course {
  readonly name: string;
  readonly race: HistoryRace;
}

export function coursesOf({ races }: HistoryRecord): Course[] {
  return races.map((race) => {
    const isOne = races.filter(({ workload }) => workload === race.workload).length === 1;
    return { name: isOne ? race.workload : `${race.workload}, ${race.trials.toLocaleString("en")} trials`, race };
  });
}

/** A contestant's entry; undefined where it has no time. */
export function timedIn({ entries }: HistoryRace, name: string): TimedHistoryEntry | undefined {
  const entry = entries.find(({ contestant }) => contestant === name);
  return entry !== undefined && "nanosecondsPerClaim" in entry ? entry : undefined;
}

/** How many times as fast one contestant is as another, by CPU time, round by round; null where one has no time. */
export function ratioIn(race: HistoryRace, fast: string, slow: string): Spread | null {
  const [ours, theirs] = [timedIn(race, fast), timedIn(race, slow)];
  if (ours === undefined || theirs === undefined) return null;
  return spreadOf(ours.nanosecondsPerClaim.map((time, round) => theirs.nanosecondsPerClaim[round] / time));
}

/** What figures of several workloads come to: their geometric mean, the lowest and the highest. `values` is not empty. */
export function overWorkloads(values: readonly number[]): Spread {
  const mean = Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
  // Of one value, or of equal ones, the mean may be off in its last bit.
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { median: Math.min(Math.max(mean, low), high), low, high };
}

export function machineName({ machine }: HistoryRecord): string {
  return `${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? "core" : "cores"}`;
}

/** `778709a`, or `778709a*` where files differed from the commit. */
export function commitName({ commit, modified }: HistoryRecord): string {
  return `${commit.slice(0, 7)}${modified ? "*" : ""}`;
}
