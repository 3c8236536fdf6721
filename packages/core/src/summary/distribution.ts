import { sumOf } from "../math/fold.ts";
import type { Buckets } from "./buckets.ts";
import { largest } from "./largest.ts";
import type { Ordered } from "./ordered.ts";
import { selectRanks } from "./selection-by-buckets.ts";
import { sketch } from "./sketch.ts";
import { sketchedOrder } from "./sketched-order.ts";
import { MOST_VALUES } from "./tally.ts";

/** What is known of values that went by: the largest of them, and of all of them their buckets. */
export interface SavedDistribution extends Buckets {
  /** In the order in which they came. */
  readonly largest: Float64Array;
}

/** The distribution of values that go by, in constant memory. */
export interface Distribution {
  add(values: Float64Array): void;
  /** All values so far, one at least, with the ranks in order: in `room`, which is as long as what is kept at least. */
  ordered(ranks: readonly number[], room: Float64Array): Ordered;
  save(): SavedDistribution;
  /** Adds the values of another distribution that keeps as many. */
  absorb(saved: SavedDistribution): void;
}

/** A distribution that keeps the largest `keep` values as they are. */
export function distribution(keep: number): Distribution {
  const tail = largest(keep);
  const counts = sketch();
  let n = 0;
  return {
    add(values) {
      n += values.length;
      for (let from = 0; from < values.length; from += MOST_VALUES) {
        tail.add(counts.add(values.subarray(from, from + MOST_VALUES), tail.threshold()));
      }
    },
    ordered(ranks, room) {
      const kept = tail.kept();
      const below = n - kept.length;
      const placed = room.subarray(0, kept.length);
      selectRanks(kept, [1, ...ranks.filter((rank) => rank > below).map((rank) => rank - below)], placed, {
        tail: true,
      });
      return sketchedOrder(counts.buckets(), placed);
    },
    save: () => ({ ...counts.buckets(), largest: tail.kept().slice() }),
    absorb(saved) {
      n += sumOf(saved.counts);
      tail.add(saved.largest);
      counts.absorb(saved);
    },
  };
}
