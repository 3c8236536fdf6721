// A chunk of PLACES: uniforms, the counts that they stand for, and words of trials.
import { countBelow, counts, searched, Thresholds } from "./counts";
import { PLACES, region } from "./layout";
import { poissonCount, PoissonMode } from "./poisson";
import { Stream, words } from "./streams";
import { uniforms } from "./tails";

/** Replaces the first `n` uniforms of PLACES by the counts that they stand for in a table that is searched. */
// @ts-ignore: decorator
@external("index", "search")
export declare function search(line: i32, table: i32, n: i32): void;

/** The next uniforms of a stream, at PLACES. */
// @ts-ignore: decorator
@inline
export function drawPlaces(stream: Stream, n: i32): void {
  words(stream, region + PLACES, n);
  uniforms(region + PLACES, n);
}

/** The first `n` uniforms of PLACES to counts, whole numbers. */
export function toCounts(line: i32, table: Thresholds, which: i32, n: i32): void {
  if (table.length >= 0) {
    counts(region + PLACES, n, table);
    return;
  }
  search(line, which, n);
  searched(region + PLACES, n);
}

/** The count that uniform `i` of PLACES stands for; of a table that is searched, the host has left the count itself there. */
// @ts-ignore: decorator
@inline
export function countAt(table: Thresholds, i: i32): i64 {
  const value = load<f64>(region + PLACES + (<usize>i << 3));
  return table.length < 0 ? i64(value) : <i64>countBelow(table, value);
}

/** The number of a block's clusters, which uniform 0 of PLACES stands for. */
export function clusterCount(line: i32, table: Thresholds, mode: PoissonMode): i64 {
  if (table.length < 0) {
    const count = poissonCount(mode, load<f64>(region + PLACES));
    if (count >= 0) return count;
    search(line, 0, 1);
  }
  return countAt(table, 0);
}

/** The trials of `n` claims, five of 12 bits a word of PLACES. */
export function pick(to: usize, n: i32): void {
  const end = to + (<usize>n << 1);
  for (let from = region + PLACES; to < end; to += 10, from += 8) {
    const word = load<u64>(from);
    store<u16>(to, <u16>(word & 0xfff));
    store<u16>(to, <u16>((word >> 12) & 0xfff), 2);
    store<u16>(to, <u16>((word >> 24) & 0xfff), 4);
    store<u16>(to, <u16>((word >> 36) & 0xfff), 6);
    store<u16>(to, <u16>((word >> 48) & 0xfff), 8);
  }
}
