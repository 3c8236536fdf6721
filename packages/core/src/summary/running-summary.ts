import type { Part } from "../contract.ts";
import { LossmillError } from "../errors.ts";
import { type SavedDistribution, distribution } from "./distribution.ts";
import { type ExistingMoments, LEVELS, type Report, reportOf } from "./report.ts";
import { summaryFrom, numbersOf } from "./saved-moments.ts";
import { type Summary, mergeSummaries } from "./summary.ts";

/** The losses that are kept as they are unless another number is asked for. */
export const KEEP = 1_000_000;

/** A running summary as plain numbers: what goes on from it has the bits of what never stopped. */
export interface SavedSummary {
  readonly keep: number;
  /** Uniforms drawn, then what `Moments` has of total, maxOccurrence and claims; empty where there are no trials. */
  readonly moments: Float64Array;
  readonly total: SavedDistribution;
  readonly maxOccurrence: SavedDistribution;
}

/** The figures of a run of any length, in constant memory. */
export interface RunningSummary {
  readonly trials: number;
  /** Null where there are no trials. */
  readonly summary: Summary | null;
  /** The next block: in block order, so that the bits are those of `collect`. */
  add(part: Part): void;
  /**
   * The report of the trials so far. Figures of the largest `keep` losses are those of `report`, the others are marked
   * `approximate`. Nothing that is added later is changed by it.
   *
   * @throws LossmillError BAD_CONFIGURATION for a level that is not strictly between 0 and 1, STOPPED without trials
   */
  report(exists: ExistingMoments, levels?: readonly number[]): Report;
  save(): SavedSummary;
  /** The trials of another running summary follow, or, where there are none yet, it is what goes on from there. */
  absorb(saved: SavedSummary): void;
}

/** Memory: some 32 bytes for each of `keep` once the run is as long, and 8 kB an octave that losses span. */
export function runningSummary({ keep = KEEP }: { readonly keep?: number } = {}): RunningSummary {
  if (!Number.isInteger(keep) || keep < 1 || keep > MOST_KEPT) {
    refuse("keep", `expected a whole number from 1 to ${MOST_KEPT}, found ${keep}`);
  }
  const total = distribution(keep);
  const maxOccurrence = distribution(keep);
  let summary: Summary | null = null;

  function follow(next: Summary): void {
    summary = summary === null ? next : mergeSummaries(summary, next);
  }

  return {
    get trials() {
      return summary?.total.n ?? 0;
    },
    get summary() {
      return summary;
    },
    add({ block, losses, summary: next }) {
      const count = block.end - block.start;
      total.add(losses.total.subarray(0, count));
      if (next.maxOccurrence.n > 0) maxOccurrence.add(losses.maxOccurrence.subarray(0, count));
      follow(next);
    },
    report(exists, levels = LEVELS) {
      if (summary === null)
        throw new LossmillError("STOPPED", { place: "trials", message: "not one block is finished" });
      // One after the other is put in order in the same room.
      const room = new Float64Array(Math.min(keep, summary.total.n));
      const orders = {
        total: (ranks: readonly number[]) => total.ordered(ranks, room),
        maxOccurrence: (ranks: readonly number[]) => maxOccurrence.ordered(ranks, room),
      };
      return reportOf(summary, orders, exists, levels);
    },
    save: () => ({ keep, moments: numbersOf(summary), total: total.save(), maxOccurrence: maxOccurrence.save() }),
    absorb(saved) {
      if (saved.keep !== keep) refuse("keep", `expected ${saved.keep}, as it was saved, found ${keep}`);
      const next = summaryFrom(saved.moments);
      if (next === null) return;
      total.absorb(saved.total);
      maxOccurrence.absorb(saved.maxOccurrence);
      follow(next);
    },
  };
}

/** As long as arrays of twice as many can be. */
const MOST_KEPT = 1_000_000_000;

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}

/** The running summary that was saved. */
export function restoreSummary(saved: SavedSummary): RunningSummary {
  const running = runningSummary({ keep: saved.keep });
  running.absorb(saved);
  return running;
}
