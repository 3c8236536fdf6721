import type { HistoryRecordFile } from "../src/history/history-record.ts";

/** A record of commit 0123456… with these parts, which may be wrong. */
export function recordWith(parts: object): HistoryRecordFile {
  return {
    format: 1,
    date: "2027-01-02",
    commit: "0123456789abcdef0123456789abcdef01234567",
    committed: "2027-01-01T12:00:00Z",
    machine: { cpu: "Processor", cores: 2, memoryBytes: 8e9, system: "Linux 6, x64", node: "26.0.0" },
    ...parts,
  };
}

/** A right answer with a time for each round. */
export function timedAs(contestant: string, ...nanosecondsPerClaim: number[]) {
  return {
    contestant,
    status: "right" as const,
    meanError: 0.5,
    sdError: -0.5,
    nanosecondsPerClaim,
    trialsPerSecond: 1e6,
    peakBytes: 5e7,
  };
}
