import type { Answer } from "./contestant.ts";
import type { Exact } from "./workloads.ts";

/** How far an answer may be from the closed form, in its own standard errors. */
export const MOST_STANDARD_ERRORS = 5;

/** How far off an answer is, in standard errors; null: not checked, no closed form. */
export interface Verdict {
  readonly right: boolean;
  readonly meanError: number | null;
  readonly sdError: number | null;
}

/**
 * Judges the answers of several independent runs of `trials` trials each, pooled: the mean by sd / √n, the sd by
 * sd · √((κ + 2) / 4n), κ the excess kurtosis (Cramér 1946, 27.4 and 28.3), both with the exact figures.
 */
export function judge(answers: readonly Answer[], trials: number, exact: Exact | null): Verdict {
  if (exact === null) return { right: true, meanError: null, sdError: null };
  const n = answers.length * trials;
  const mean = average(answers.map((answer) => answer.mean));
  const sd = Math.sqrt(average(answers.map((answer) => answer.sd ** 2)));
  const meanError = (mean - exact.mean) / (exact.sd / Math.sqrt(n));
  const sdError = exact.exkurt === null ? null : (sd / exact.sd - 1) / Math.sqrt((exact.exkurt + 2) / (4 * n));
  return { right: isNear(meanError) && (sdError === null || isNear(sdError)), meanError, sdError };
}

function isNear(error: number): boolean {
  return Math.abs(error) <= MOST_STANDARD_ERRORS;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
