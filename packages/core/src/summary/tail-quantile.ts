import { rankOf, tailSize } from "./decimal.ts";
import type { Figure } from "./figure.ts";
import { orderStatisticInterval } from "./order-statistic-interval.ts";
import { type Ordered, keptOrder } from "./ordered.ts";
import { varFigure } from "./quantile-figures.ts";
import { selectRanks, valueOfRank } from "./selection-by-buckets.ts";

/** One quantile of losses that go by, with its interval, as `report` has it. */
export interface TailQuantile {
  add(losses: Float64Array): void;
  /** Of the losses so far, one at least; null where too few of the largest were kept to know it. */
  figure(): Figure | null;
}

/** So many times the losses beyond the quantile are kept: the interval's ranks, and chance, need fewer than two. */
const MARGIN = 2;
/** And so many more: of few losses chance decides where the threshold falls. */
const SLACK = 256;
/** Nothing is left out while no more are kept. */
const FEW = 16_384;
/** Losses that are added at a time. */
const STRETCH = 4096;

/**
 * The p-quantile of any number of losses, from the largest of them alone. Those above a threshold are kept, which is raised
 * to the rank of twice the losses beyond the quantile where there are too many; of those equal to it their number is
 * known. So a loss costs a comparison: 1 ns, where a running summary takes 10 to 20. What is known is known exactly. A
 * quantile of which that would take more than `most` losses is given up. 8 bytes for each that is kept.
 */
export function tailQuantile(p: number, most: number): TailQuantile {
  let n = 0;
  /** All losses above the threshold are the first `size` of these; `like` losses equal it. */
  let kept = new Float64Array(FEW + STRETCH);
  let size = 0;
  let threshold = -Infinity;
  let like = 0;
  let isGivenUp = false;

  function raise(): void {
    const wanted = Math.ceil(MARGIN * tailSize(n, p)) + SLACK;
    if (size < 2 * wanted) return;
    threshold = valueOfRank(kept.subarray(0, size), size - wanted + 1).value;
    like = 0;
    takeFrom(0);
  }

  /** Leaves out what does not exceed the threshold, from a place on, and counts what equals it. */
  function takeFrom(start: number): void {
    const end = size;
    size = start;
    for (let i = start; i < end; i++) {
      const loss = kept[i];
      kept[size] = loss;
      size += Number(loss > threshold);
      like += Number(loss === threshold);
    }
  }

  function addStretch(losses: Float64Array): void {
    if (size + losses.length > kept.length) kept = withRoom(kept, size + losses.length);
    const start = size;
    size = addFrom(threshold, losses, kept, size);
    if (threshold > -Infinity) takeFrom(start);
    n += losses.length;
    if (size >= FEW) raise();
    if (size <= most) return;
    isGivenUp = true;
    kept = new Float64Array(0);
  }

  return {
    add(losses) {
      for (let from = 0; from < losses.length && !isGivenUp; from += STRETCH) {
        addStretch(losses.subarray(from, from + STRETCH));
      }
    },
    figure() {
      if (isGivenUp || n - lowestRank(n, p) + 1 > size + like) return null;
      return varFigure(n, (ranks) => upperOrder(n, kept.subarray(0, size), threshold, ranks), p);
    },
  };
}

/** The lowest rank that a quantile of n losses and its interval are made of. */
function lowestRank(n: number, p: number): number {
  const { lower, upper } = orderStatisticInterval(n, p);
  return lower === null || upper === null ? rankOf(n, p) : lower;
}

/** The order of n losses that are kept where they exceed a threshold; lower ranks are asked about only where they equal it. */
function upperOrder(n: number, kept: Float64Array, threshold: number, ranks: readonly number[]): Ordered {
  const below = n - kept.length;
  const placed = new Float64Array(kept.length);
  selectRanks(
    kept,
    ranks.filter((rank) => rank > below).map((rank) => rank - below),
    placed,
    { tail: false },
  );
  const at = (rank: number) => (rank > below ? placed[rank - below - 1] : threshold);
  return { ...keptOrder(placed), n, at, least: at, most: at };
}

/** Appends the losses from the threshold on to the first `size` of `kept`; returns how many these are then. */
function addFrom(threshold: number, losses: Float64Array, kept: Float64Array, size: number): number {
  const even = losses.length & ~3;
  let end = size;
  for (let i = 0; i < even; i += 4) {
    const a = losses[i];
    const b = losses[i + 1];
    const c = losses[i + 2];
    const d = losses[i + 3];
    if (a >= threshold) kept[end++] = a;
    if (b >= threshold) kept[end++] = b;
    if (c >= threshold) kept[end++] = c;
    if (d >= threshold) kept[end++] = d;
  }
  for (let i = even; i < losses.length; i++) if (losses[i] >= threshold) kept[end++] = losses[i];
  return end;
}

function withRoom(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * length);
  longer.set(values);
  return longer;
}
