import type { Buckets } from "./buckets.ts";
import { largest } from "./largest.ts";
import type { Ordered } from "./ordered.ts";
import { sketch } from "./sketch.ts";
import { sketchedOrder } from "./sketched-order.ts";

/** What is known of values that went by, whatever their order: the largest of them, and of all of them their buckets. */
export interface SavedDistribution extends Buckets {
  /** In ascending order. */
  readonly largest: Float64Array;
}

/** The distribution of values that go by, in constant memory. */
export interface Distribution {
  add(values: Float64Array): void;
  /** All values so far in order; valid until more are added. */
  ordered(): Ordered;
  save(): SavedDistribution;
  /** Adds the values of another distribution that keeps as many. */
  absorb(saved: SavedDistribution): void;
}

/** A distribution that keeps the largest `keep` values as they are. */
export function distribution(keep: number): Distribution {
  const tail = largest(keep);
  const counts = sketch();
  return {
    add(values) {
      tail.add(values);
      counts.add(values);
    },
    ordered: () => sketchedOrder(counts.buckets(), tail.ascending()),
    save: () => ({ ...counts.buckets(), largest: tail.ascending().slice() }),
    absorb(saved) {
      tail.add(saved.largest);
      counts.absorb(saved);
    },
  };
}
