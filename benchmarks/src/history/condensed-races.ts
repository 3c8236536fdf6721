import { type Absent, type Race, type Sample, type Timed, type Wrong, figuresOf } from "../record.ts";
import type { HistoryRecordFile } from "./history-record.ts";

type CondensedRace = NonNullable<HistoryRecordFile["races"]>[number];

/** A race of a record of `pnpm bench`, as far as it is read here. */
interface FullRace extends Omit<Race, "exact" | "entries"> {
  readonly entries: readonly FullEntry[];
}
type FullEntry = (Omit<Timed, "samples"> & { readonly samples: readonly Sample[] }) | Omit<Wrong, "answers"> | Absent;

/** Enough digits for ratios of three. */
const DIGITS = 6;

/** Races as the history keeps them: each round's time, but not every sample. */
export function condensedRaces(races: readonly FullRace[]): CondensedRace[] {
  return races.map((race) => ({
    workload: race.workload,
    title: race.title,
    trials: race.trials,
    claimsPerTrial: race.claimsPerTrial,
    entries: race.entries.map((entry) => condensedEntry(race, entry)),
  }));
}

function condensedEntry(race: FullRace, entry: FullEntry): CondensedRace["entries"][number] {
  const { contestant } = entry;
  if ("reason" in entry) return { contestant, status: entry.status, reason: entry.reason };
  const errors = { meanError: rounded(entry.meanError, 3), sdError: rounded(entry.sdError, 3) };
  if (entry.status === "wrong") return { contestant, status: entry.status, ...errors };
  const { trialsPerSecond, peakBytes } = figuresOf(race, entry);
  const claims = race.trials * race.claimsPerTrial;
  return {
    contestant,
    status: entry.status,
    ...errors,
    nanosecondsPerClaim: entry.samples.map(({ cpuSeconds }) => rounded((cpuSeconds / claims) * 1e9)),
    trialsPerSecond: rounded(trialsPerSecond),
    peakBytes,
  };
}

function rounded(value: number, digits?: number): number;
function rounded(value: number | null, digits?: number): number | null;
function rounded(value: number | null, digits = DIGITS): number | null {
  return value === null ? null : Number(value.toPrecision(digits));
}
