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
/** Medians of a process's pairs drawn anew, from which resamples take theirs: as many for each resample cost 20 times as much. */
const MEDIANS = 200;

/**
 * The ratio is the mean over the processes of each process's median, in logarithms: what falls on one pair moves no median,
 * and what a process has of its own (where its arrays lie, what was compiled in which order) counts once however many
 * pairs it ran.
 *
 * The interval is a bootstrap's: processes are drawn anew, and of each its pairs, and it is widened by √(n / (n − 1))
 * (Hesterberg 2015, "What teachers should know about the bootstrap"). Of five or six made-up processes, intervals of
 * 99.8 % covered the ratio in 97 % of 300 cases at least, where each process had as much of its own as a pair, and in all
 * where pairs were noisier; drawing processes alone they covered 91 to 95 %.
 *
 * `processes` is not empty, and neither is any of them.
 */
export function ratioInterval(processes: LogRatios, { level, seed }: IntervalOptions): RatioInterval {
  const below = randomBelow(seed);
  const n = processes.length;
  const centre = processes.reduce((sum, pairs) => sum + spreadOf(pairs).median, 0) / n;
  const redrawn = processes.map((pairs) => Array.from({ length: MEDIANS }, () => medianRedrawn(pairs, below)));
  const means = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += redrawn[below(n)][below(MEDIANS)];
    means[i] = sum / n;
  }
  means.sort();
  const widening = n > 1 ? Math.sqrt(n / (n - 1)) : 1;
  const bound = (p: number) => {
    const mean = means[Math.min(RESAMPLES - 1, Math.floor(p * RESAMPLES))];
    return Math.exp(centre + widening * (mean - centre));
  };
  return { ratio: Math.exp(centre), low: bound((1 - level) / 2), high: bound((1 + level) / 2) };
}

function medianRedrawn(pairs: readonly number[], below: (limit: number) => number): number {
  return spreadOf(pairs.map(() => pairs[below(pairs.length)])).median;
}
