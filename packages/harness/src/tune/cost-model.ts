import type { Work } from "@lossmill/core";
import { sumOf } from "@lossmill/core/math";

/** What a run's time is made of: a start, and so much for each piece of work. */
export const COSTS = [
  "start",
  "firstLines",
  "lines",
  "kinds",
  "firstCurves",
  "curves",
  "firstTables",
  "tables",
  "trials",
  "lineBlocks",
  "settled",
  "placements",
  "claims",
] as const;

/** Seconds: once, what the first lines, curves and tables take beyond the others, and for each kind of law, line, curve, … */
export type KernelCosts = Readonly<Record<(typeof COSTS)[number], number>>;

/** So many are made before V8 has compiled what makes them. */
const FIRST = { lines: 1000, curves: 32, tables: 32 } as const;

/** What is divided among threads; the rest is done by one. */
const SHARED = new Set<(typeof COSTS)[number]>(["lineBlocks", "settled", "placements", "claims"]);

/** What threads cost and bring, whatever they run. */
export interface ThreadCosts {
  /** Seconds until the first thread computes, and for each further one. */
  readonly start: number;
  readonly perThread: number;
  /** What a thread more adds to the speed of the first: 1 where cores share nothing. */
  readonly efficiency: number;
}

/** How much of each cost a work has. */
export function amountsOf(work: Work): number[] {
  const first = (made: keyof typeof FIRST) => Math.min(work[made] / FIRST[made], 1);
  const firsts = { firstLines: first("lines"), firstCurves: first("curves"), firstTables: first("tables") };
  return COSTS.map((cost) => ({ ...work, start: 1, ...firsts })[cost]);
}

/** Seconds that a run in one thread is predicted to take. */
export function secondsOf(costs: KernelCosts, work: Work): number {
  return partOf(costs, work, () => true);
}

/** Seconds that a run on so many threads is predicted to take. A block is the smallest piece of work. */
export function secondsOnThreads(costs: KernelCosts, work: Work, threads: ThreadCosts, count: number): number {
  const share = sharedSeconds(costs, work, count) / (1 + threads.efficiency * (count - 1));
  return serialSeconds(costs, work) + threads.start + threads.perThread * (count - 1) + share;
}

/** What one thread does of a run on several. */
export function serialSeconds(costs: KernelCosts, work: Work): number {
  return partOf(costs, work, (cost) => !SHARED.has(cost));
}

/** What `count` threads divide among them, as if each took as many blocks as the one that takes most. */
export function sharedSeconds(costs: KernelCosts, work: Work, count: number): number {
  const whole = partOf(costs, work, (cost) => SHARED.has(cost));
  return whole * ((Math.ceil(work.blocks / count) * count) / work.blocks);
}

function partOf(costs: KernelCosts, work: Work, isMeant: (cost: (typeof COSTS)[number]) => boolean): number {
  const amounts = amountsOf(work);
  return sumOf(COSTS, (cost, i) => (isMeant(cost) ? costs[cost] * amounts[i] : 0));
}
