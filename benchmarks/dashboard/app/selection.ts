import { coursesOf, machineName, timedIn } from "../../src/history/figures.ts";
import type { HistoryRecord } from "../../src/history/history-record.ts";

/** What the page is made of. */
export interface PageData {
  /** The oldest commit first. */
  readonly records: readonly HistoryRecord[];
  /** The contestants that are Lossmill's own, and whom they are compared with at first. */
  readonly ours: readonly string[];
  readonly rival: string;
}

export const MEASURES = { ratio: "times as fast", nanoseconds: "CPU ns a claim", trials: "trials a second" } as const;
export type Measure = keyof typeof MEASURES;

/** For a workload or machine: every one. */
export const EVERY = "";

/** What the reader asked to see. */
export interface Selection {
  readonly workload: string;
  readonly machine: string;
  readonly rival: string;
  readonly measure: Measure;
  readonly backends: readonly string[];
}

/** What can be asked for: all that occurs in the records and has a time. */
export interface Choices {
  readonly workloads: readonly string[];
  readonly machines: readonly string[];
  readonly backends: readonly string[];
  readonly rivals: readonly string[];
}

export function choicesOf({ records, ours }: PageData): Choices {
  const courses = records.flatMap(coursesOf);
  const names = courses.flatMap(({ race }) => race.entries.map(({ contestant }) => ({ race, contestant })));
  const timed = names.filter(({ race, contestant }) => timedIn(race, contestant) !== undefined);
  const contestants = new Set(timed.map(({ contestant }) => contestant));
  const backends = ours.filter((name) => contestants.has(name));
  return {
    // Those of the newest record first.
    workloads: distinct(
      records
        .toReversed()
        .flatMap(coursesOf)
        .map(({ name }) => name),
    ),
    machines: distinct(records.map(machineName)),
    backends,
    rivals: [...[...contestants].filter((name) => !ours.includes(name)).sort(), ...backends],
  };
}

/** The selection that a page's address tells after its `#`; what it does not tell, or what is not there, is as at first. */
export function selectionOf(hash: string, choices: Choices, data: PageData): Selection {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const oneOf = (key: string, allowed: readonly string[], first: string) => {
    const value = asked.get(key);
    return value !== null && allowed.includes(value) ? value : first;
  };
  const first = choices.rivals.includes(data.rival) ? data.rival : (choices.rivals[0] ?? "");
  const backends = asked.get("backends")?.split(",") ?? choices.backends;
  return {
    workload: oneOf("workload", choices.workloads, EVERY),
    machine: oneOf("machine", choices.machines, EVERY),
    rival: oneOf("rival", choices.rivals, first),
    measure: oneOf("measure", Object.keys(MEASURES), "ratio") as Measure,
    backends: choices.backends.filter((name) => backends.includes(name)),
  };
}

/** The other way: only what differs from the page's first selection. */
export function hashOf(selection: Selection, choices: Choices, data: PageData): string {
  const first = selectionOf("", choices, data);
  const words = new URLSearchParams();
  for (const key of ["workload", "machine", "rival", "measure"] as const) {
    if (selection[key] !== first[key]) words.set(key, selection[key]);
  }
  if (selection.backends.length !== first.backends.length) words.set("backends", selection.backends.join(","));
  return words.toString();
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
