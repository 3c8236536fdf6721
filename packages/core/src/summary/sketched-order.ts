import { type Moments, mergeMoments } from "./moments.ts";
import { NOTHING, type Ordered, equalValues, keptOrder } from "./ordered.ts";
import { BUCKET_ERROR, type Buckets, boundsOf } from "./buckets.ts";

/**
 * The order of all values counted in `buckets`, of which `kept` are the largest: of those ranks that are asked about, and
 * the first, must be in their places. Below them all that is known of a value is its bucket: it is taken for the
 * bucket's middle, and its bounds for its own.
 */
export function sketchedOrder(buckets: Buckets, kept: Float64Array): Ordered {
  const above = keptOrder(kept);
  const { ends, n } = cumulated(buckets.counts);
  const below = n - kept.length;
  // The bucket of the least value that is kept may hold some of each side: none below exceeds that value.
  const most = kept[0];
  const isExact = below === 0 || most === 0;
  const bounds = (rank: number) => boundsOf(buckets.numbers[indexOf(ends, rank)]);
  const error = (rank: number) => (rank > below || isExact || bounds(rank).most === 0 ? 0 : BUCKET_ERROR);

  /** Moments of some of the values below. */
  function momentsBelow(start: number, end: number): Moments {
    let moments = NOTHING;
    let rank = start;
    for (let i = indexOf(ends, start + 1); rank < end; i++) {
      const next = Math.min(ends[i], end);
      moments = mergeMoments(moments, equalValues(next - rank, Math.min(boundsOf(buckets.numbers[i]).middle, most)));
      rank = next;
    }
    return moments;
  }

  return {
    n,
    at: (rank) => (rank > below ? above.at(rank - below) : Math.min(bounds(rank).middle, most)),
    least: (rank) => (rank > below ? above.least(rank - below) : Math.min(bounds(rank).least, most)),
    most: (rank) => (rank > below ? above.most(rank - below) : Math.min(bounds(rank).most, most)),
    error,
    errorFrom: (rank) => (rank > below || isExact ? 0 : Math.max(error(rank), error(below))),
    momentsBetween(start, end) {
      const upper = above.momentsBetween(Math.max(start - below, 0), Math.max(end - below, 0));
      return mergeMoments(momentsBelow(start, Math.min(end, below)), upper);
    },
  };
}

/** Up to which rank the values of each bucket go. */
function cumulated(counts: Float64Array): { ends: Float64Array; n: number } {
  const ends = new Float64Array(counts.length);
  let n = 0;
  for (let i = 0; i < counts.length; i++) {
    n += counts[i];
    ends[i] = n;
  }
  return { ends, n };
}

/** The bucket of a rank. */
function indexOf(ends: Float64Array, rank: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] < rank) low = middle + 1;
    else high = middle;
  }
  return low;
}
