import { randomBelow } from "../../random-order.ts";
import { spreadOf } from "../../spread.ts";

/** Logarithms of ratios, pair by pair, one list a process. */
export type LogRatios = readonly (readonly number[])[];

/** How many times as long one tree takes as the other, and between what bounds. */
export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export interface IntervalOptions {
  /** The probability that the interval should cover the ratio. */
  readonly level: number;
  readonly seed: number;
}

const RESAMPLES = 4000;

/**
 * The ratio is the mean over the processes of each process's median, in logarithms: what falls on one pair moves no median,
 * and what a process has of its own (where its arrays lie, what was compiled in which order) counts once however many
 * pairs it ran.
 *
 * The interval is a bootstrap's: processes are drawn anew, and of each its pairs. With few processes such intervals are
 * too narrow, by √((n − 1)/n) in theory (Hesterberg 2015, "What teachers should know about the bootstrap"), which is put
 * right. `processes` is not empty, and neither is any of them.
 */
export function ratioInterval(processes: LogRatios, { level, seed }: IntervalOptions): RatioInterval {
  const below = randomBelow(seed);
  const centre = meanOfMedians(processes);
  const n = processes.length;
  const means = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i++) {
    means[i] = meanOfMedians(redrawn(processes, below).map((pairs) => redrawn(pairs, below)));
  }
  means.sort();
  const widening = n > 1 ? Math.sqrt(n / (n - 1)) : 1;
  const bound = (p: number) => {
    const mean = means[Math.min(RESAMPLES - 1, Math.floor(p * RESAMPLES))];
    return Math.exp(centre + widening * (mean - centre));
  };
  return { ratio: Math.exp(centre), low: bound((1 - level) / 2), high: bound((1 + level) / 2) };
}

function meanOfMedians(processes: LogRatios): number {
  return processes.reduce((sum, pairs) => sum + spreadOf(pairs).median, 0) / processes.length;
}

function redrawn<T>(items: readonly T[], below: (limit: number) => number): T[] {
  return items.map(() => items[below(items.length)]);
}
