import { type Bound, figureOf, nextLook } from "@lossmill/backend-streaming";
import {
  type Figure,
  type Part,
  type Plan,
  type Report,
  type RunningSummary,
  type Summary,
  blockCount,
  existingMoments,
  meanFigure,
  mergeSummaries,
  tailQuantile,
} from "@lossmill/core";

/** What is known of the trials so far: as a rule's precision is looked at, after 64, 128, 256 … blocks. */
export interface Look {
  readonly trials: number;
  readonly figures: readonly LookedAt[];
}

export interface LookedAt extends Pick<Bound, "figure" | "p"> {
  readonly found: Figure;
  /** What a rule wants of it. */
  readonly bound?: Bound;
}

/** The look of a run that a rule ends: at the figures of its bounds. */
export function ruledLook(bounds: readonly Bound[], report: Report, trials: number): Look {
  return {
    trials,
    figures: bounds.map((bound) => ({ figure: bound.figure, p: bound.p, found: figureOf(bound, report), bound })),
  };
}

/** The level that is looked at where none is asked for. */
const CHOSEN = 0.995;
/** Losses that are kept for it at most, 8 MB: those of 99.5 % from 100 million trials. */
const MOST = 1_000_000;

/**
 * Looks at the mean and at VaR of the highest level that is asked for, or of 99.5 %, of a run without a precision as its
 * rule. Returns what is to be shown every part, in block order. The parts of a stream are in `running` by then, which is
 * asked for VaR where too much lies beyond it to be kept besides; a run that keeps its losses then tells the mean alone.
 */
export function looks(
  plan: Plan,
  at: readonly number[] | undefined,
  onLook: (look: Look) => void,
  running?: RunningSummary,
): (part: Part) => void {
  const first = running ? blockCount(running.trials) : 0;
  let blocks = first;
  let next = nextLook(blocks);
  if (plan.trials !== null && next > blockCount(plan.trials)) return () => {};
  const exists = existingMoments(plan);
  const p = at === undefined || at.length === 0 ? CHOSEN : Math.max(...at);
  const tail = tailQuantile(p, MOST);
  let summary: Summary | null = null;
  return ({ block, losses, summary: more }) => {
    tail.add(losses.total.subarray(0, block.end - block.start));
    if (!running) summary = summary === null ? more : mergeSummaries(summary, more);
    if (++blocks < next) return;
    next = nextLook(blocks);
    const { total } = (running?.summary ?? summary)!;
    // What was done before a run was saved, the tail has not seen.
    const beyond = first === 0 ? tail.figure() : null;
    const found = beyond ?? running?.report(exists, [p]).quantiles[0].var;
    const figures: LookedAt[] = [{ figure: "mean", p: null, found: meanFigure(total, exists) }];
    onLook({ trials: total.n, figures: found ? [...figures, { figure: "var", p, found }] : figures });
  };
}
