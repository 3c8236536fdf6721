/** The files that the tools write, as parts of a record of the history. */
import { z } from "zod";
import type { Machine } from "../machine.ts";
import { checkedFile } from "./checked.ts";
import { condensedRaces } from "./condensed-races.ts";
import type { HistoryRecordFile } from "./history-record.ts";

/** What a file says: when and on what machine it was measured, where it tells, and its part of a record. */
export interface Condensed {
  readonly date?: string;
  readonly machine?: Machine;
  readonly part: Partial<Pick<HistoryRecordFile, "races" | "threads" | "coverage" | "agreement">>;
}

const machine = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryBytes: z.number(),
  system: z.string(),
  node: z.string(),
});
const when = { format: z.literal(1), date: z.iso.date(), machine };
const nullable = z.number().nullable();

/** Of records of `pnpm bench`, what is read here. */
const benchFile = z.object({
  ...when,
  races: z.array(
    z.object({
      workload: z.string(),
      title: z.string(),
      trials: z.number(),
      claimsPerTrial: z.number(),
      entries: z.array(
        z.discriminatedUnion("status", [
          z.object({
            contestant: z.string(),
            status: z.literal(["right", "unchecked"]),
            meanError: nullable,
            sdError: nullable,
            samples: z.array(z.object({ seconds: z.number(), cpuSeconds: z.number(), peakBytes: nullable })).min(1),
          }),
          z.object({ contestant: z.string(), status: z.literal("wrong"), meanError: nullable, sdError: nullable }),
          z.object({ contestant: z.string(), status: z.literal(["skipped", "failed"]), reason: z.string() }),
        ]),
      ),
    }),
  ),
});

const spread = z.object({ median: z.number(), low: z.number(), high: z.number() });
const scalingFile = z.object({
  ...when,
  scalings: z.array(
    z.object({
      workload: z.string(),
      trials: z.number(),
      workers: z.number(),
      speedup: spread,
      control: spread,
      ratio: spread,
    }),
  ),
});

/** c8's json-summary. */
const percent = z.object({ pct: z.number() });
const coverageFile = z.object({ total: z.object({ lines: percent, branches: percent, functions: percent }) });

/** A certificate of `lossmill verify --json`. */
const difference = z.object({ relative: nullable });
const certificateFile = z.object({
  format: z.literal(1),
  portfolio: z.string(),
  trials: z.number(),
  agreements: z.array(
    z.object({
      backends: z.tuple([z.string(), z.string()]),
      promised: z.number(),
      compared: z.boolean(),
      total: difference,
      maxOccurrence: difference,
      claims: z.object({ differing: z.number(), unexplained: z.number() }),
    }),
  ),
});

/** The files that a record can be made of, by the name of their option. Each throws Stop, code 2, for a foreign file. */
export const condense = {
  bench(path: string): Condensed {
    const { date, machine: on, races } = checkedFile(path, benchFile);
    return { date, machine: on, part: { races: condensedRaces(races) } };
  },
  scaling(path: string): Condensed {
    const { date, machine: on, scalings } = checkedFile(path, scalingFile);
    return { date, machine: on, part: { threads: scalings } };
  },
  coverage(path: string): Condensed {
    const { lines, branches, functions } = checkedFile(path, coverageFile).total;
    return { part: { coverage: { lines: lines.pct, branches: branches.pct, functions: functions.pct } } };
  },
  verify(path: string): Condensed {
    return { part: { agreement: agreementOf(checkedFile(path, certificateFile)) } };
  },
} as const;

/** Each pair of backends that was compared, at its worst level. */
function agreementOf({
  portfolio,
  trials,
  agreements,
}: z.output<typeof certificateFile>): NonNullable<HistoryRecordFile["agreement"]> {
  const compared = agreements.filter((one) => one.compared);
  const names = [...new Set(compared.map(({ backends }) => backends.join(" ")))];
  const pairs = names.map((pair) => compared.filter(({ backends }) => backends.join(" ") === pair));
  return pairs.map((levels) => ({
    book: portfolio,
    trials,
    backends: levels[0].backends,
    promised: Math.max(...levels.map(({ promised }) => promised)),
    worst: worstOf(levels.flatMap(({ total, maxOccurrence }) => [total.relative, maxOccurrence.relative])),
    differing: sum(levels.map(({ claims }) => claims.differing)),
    unexplained: sum(levels.map(({ claims }) => claims.unexplained)),
  }));
}

/** Null, which is beyond measure, is worse than any number. */
function worstOf(values: readonly (number | null)[]): number | null {
  return values.reduce((worst, value) => (worst === null || value === null ? null : Math.max(worst, value)), 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
