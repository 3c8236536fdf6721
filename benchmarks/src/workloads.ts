import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the answer should be, in closed form; `exkurt` is the excess kurtosis, without which the sd is not checked. */
export interface Exact {
  readonly mean: number;
  readonly sd: number;
  readonly exkurt: number | null;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Path of the portfolio file. */
  readonly book: string;
  /** Ground-up claims a trial, expected: what "a claim" of "ns a claim" is. */
  readonly claimsPerTrial: number;
  /** Null: no closed form. */
  readonly exact: Exact | null;
  /** The trials of a full-length race. */
  readonly trialsForTiming: number;
}

/** A workload at a number of trials. */
export interface Course {
  readonly workload: Workload;
  readonly trials: number;
}

/** Figures as the fixtures' index.json and moments.json have them. */
interface Figures {
  readonly mean?: number;
  readonly sd?: number;
  readonly exkurt?: number;
  readonly claims_per_scenario: number;
}

interface IndexEntry {
  readonly title: string;
  readonly expected: Figures;
  readonly trials_for_timing: number;
}

const FIXTURES = new URL("../../fixtures/workloads/", import.meta.url);
const BLOCK = 4096;
/** The typical books are timed over as many claims as the others: W1 has 2 a trial and 20 million trials. */
const CLAIMS_FOR_TIMING = 4e7;

/** The workloads that can be asked for: W0 to W10, then the typical books. */
export function allWorkloads(): Workload[] {
  const index = readJson(new URL("index.json", FIXTURES)) as Record<string, IndexEntry>;
  const moments = readJson(new URL("../workloads/moments.json", import.meta.url)) as { books: Record<string, Figures> };
  const fromIndex = Object.entries(index).map(([name, { title, expected, trials_for_timing }]): Workload => {
    const book = fileURLToPath(new URL(`${name}.json`, FIXTURES));
    const figures = { ...moments.books[name], ...expected };
    return { ...workloadOf(name, title, book, figures), trialsForTiming: trials_for_timing };
  });
  const typical = Object.entries(moments.books)
    .filter(([name]) => !Object.hasOwn(index, name))
    .map(([name, figures]) => {
      const book = fileURLToPath(new URL(`typical/${name}.json`, FIXTURES));
      return workloadOf(name, `typical book, ${name}`, book, figures);
    });
  return [...fromIndex, ...typical];
}

function workloadOf(name: string, title: string, book: string, figures: Figures): Workload {
  const { mean, sd, exkurt = null, claims_per_scenario: claimsPerTrial } = figures;
  const exact = mean === undefined || sd === undefined ? null : { mean, sd, exkurt };
  return { name, title, book, claimsPerTrial, exact, trialsForTiming: wholeBlocks(CLAIMS_FOR_TIMING / claimsPerTrial) };
}

/** The full number of trials times `scale`, in whole blocks of 4,096, one at least. */
export function scaledTrials(workload: Workload, scale: number): number {
  return wholeBlocks(workload.trialsForTiming * scale);
}

function wholeBlocks(trials: number): number {
  return BLOCK * Math.max(1, Math.round(trials / BLOCK));
}

function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, "utf8"));
}
