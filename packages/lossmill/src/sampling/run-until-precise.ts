import { type Bound, figureOf, isMet, levelsOf } from "@lossmill/backend-streaming";
import type { Report } from "@lossmill/core";
import type { Simulation } from "../simulation.ts";

/** Trials of the first run, and steps of those that follow: a block for each replicate of Sobol points. */
const STEP = 65_536;
/** A run is so much longer than the one before: at least, and at most. */
const GROWTH = { least: 1.5, most: 32 } as const;
/** And so much longer than needed, by what is known so far. */
const MARGIN = 1.15;

/**
 * Runs that keep their losses, each longer than the one before and beginning with its trials, until every bound is met, or
 * `most` trials do not. A standard error falls at least as the root of the trials.
 */
export async function runUntilPrecise(
  bounds: readonly Bound[],
  most: number,
  run: (trials: number, levels: readonly number[]) => Promise<Simulation>,
): Promise<Simulation> {
  for (let trials = Math.min(STEP, most); ;) {
    const simulation = await run(trials, levelsOf(bounds));
    const { result } = simulation;
    const isDone = result.complete && isMet(bounds, result);
    if (isDone || !result.complete || trials >= most) {
      return isDone ? { ...simulation, result: { ...result, stoppedBy: "precision" } } : simulation;
    }
    const growth = Math.min(Math.max(GROWTH.least, MARGIN * lacking(bounds, result)), GROWTH.most);
    trials = Math.min(most, Math.ceil((growth * trials) / STEP) * STEP);
  }
}

/** How many times as many trials the bounds need; the most that is taken at once where that is not known. */
function lacking(bounds: readonly Bound[], report: Report): number {
  const factors = bounds.map((bound) => {
    const { value, se } = figureOf(bound, report);
    if (value === null || se === null) return GROWTH.most;
    const ratio = se / (bound.isRelative ? bound.limit * Math.abs(value) : bound.limit);
    return ratio * ratio;
  });
  return Math.max(...factors);
}
