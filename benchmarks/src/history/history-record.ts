/**
 * One record of the history: what was measured of one commit on one machine. A record is a file of
 * benchmarks/records/history; docs/benchmarking.md says how records get there. This schema is all that a reader may rely
 * on: what is not in it is refused, so that a record that was damaged or meant for something else is found when it is read.
 */
import { z } from "zod";

const name = z.string().min(1);
const wholeNumber = z.int().min(1);
const positive = z.number().positive();

const spread = z
  .strictObject({ median: positive, low: positive, high: positive })
  .refine(({ median, low, high }) => low <= median && median <= high, "low, median and high are not in order");

const machine = z.strictObject({
  cpu: name,
  cores: wholeNumber,
  memoryBytes: wholeNumber,
  system: name,
  node: name,
});

/** How far the answer is from the closed form, in standard errors; null: not checked. */
const errors = { meanError: z.number().nullable(), sdError: z.number().nullable() };

const entry = z.discriminatedUnion("status", [
  z.strictObject({
    contestant: name,
    status: z.literal(["right", "unchecked"]),
    ...errors,
    /** CPU time of all threads over ground-up claims, one figure a round: ratios are formed round by round. */
    nanosecondsPerClaim: z.array(positive).min(1),
    /** Of the median round, by the clock. */
    trialsPerSecond: positive,
    /** The largest resident size of the process; null where the system does not tell. */
    peakBytes: positive.nullable(),
  }),
  z.strictObject({ contestant: name, status: z.literal("wrong"), ...errors }),
  z.strictObject({ contestant: name, status: z.literal(["skipped", "failed"]), reason: z.string() }),
]);

const race = z
  .strictObject({
    workload: name,
    title: z.string(),
    trials: wholeNumber,
    claimsPerTrial: positive,
    entries: z.array(entry),
  })
  .refine(
    ({ entries }) => new Set(entries.map(({ contestant }) => contestant)).size === entries.length,
    "a contestant is there twice",
  )
  .refine(({ entries }) => new Set(roundsOf(entries)).size < 2, "contestants differ in their number of rounds");

/** A workload on several threads: how many times as fast as on one; `control` is that of threads that do arithmetic alone. */
const threads = z.strictObject({
  workload: name,
  trials: wholeNumber,
  workers: wholeNumber,
  speedup: spread,
  control: spread,
  ratio: spread,
});

/** Percent. */
const share = z.number().min(0).max(100);

/** Two backends on one book, trial by trial, at their worst level. */
const agreement = z.strictObject({
  book: name,
  trials: wholeNumber,
  backends: z.tuple([name, name]),
  /** What the two promise, relative to the trial's ground-up sum; 0: every bit. */
  promised: z.number().min(0),
  /** Null: beyond measure. */
  worst: z.number().min(0).nullable(),
  /** Trials whose number of paying claims differs, and those of them that a claim at its threshold does not explain. */
  differing: z.int().min(0),
  unexplained: z.int().min(0),
});

export const historyRecord = z
  .strictObject({
    format: z.literal(1),
    /** The day of the measurement, UTC. */
    date: z.iso.date(),
    /** What was measured, and when it was committed, UTC. */
    commit: z.string().regex(/^[0-9a-f]{40}$/, "a commit is 40 hexadecimal digits"),
    committed: z.iso.datetime(),
    /** True where files that can move a figure differed from the commit. */
    modified: z.boolean().default(false),
    note: z.string().default(""),
    machine,
    races: z.array(race).default([]),
    threads: z.array(threads).default([]),
    coverage: z.strictObject({ lines: share, branches: share, functions: share }).nullable().default(null),
    agreement: z.array(agreement).default([]),
  })
  .refine(
    ({ races, threads: scalings, coverage, agreement: pairs }) =>
      races.length + scalings.length + pairs.length > 0 || coverage !== null,
    "nothing is measured: races, threads, coverage and agreement are missing",
  );

/** As it is after reading: what is missing in the file is empty, or null. */
export type HistoryRecord = z.output<typeof historyRecord>;
/** As it is in the file. */
export type HistoryRecordFile = z.input<typeof historyRecord>;
export type HistoryRace = HistoryRecord["races"][number];
export type HistoryEntry = HistoryRace["entries"][number];
export type TimedHistoryEntry = Extract<HistoryEntry, { status: "right" | "unchecked" }>;
export type HistoryAgreement = HistoryRecord["agreement"][number];

function roundsOf(entries: readonly z.output<typeof entry>[]): number[] {
  return entries.flatMap((one) => ("nanosecondsPerClaim" in one ? [one.nanosecondsPerClaim.length] : []));
}
