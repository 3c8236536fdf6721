import { BLOCK_TRIALS, blockCount } from "@lossmill/core";
import { exp, log } from "@lossmill/core/math";
import { LIMITS } from "../certificate.ts";
import { hashOf } from "../hash-of.ts";
import { countAtMost, countBelow } from "../statistics/sorted.ts";

/**
 * Two blocks with the same totals, where that cannot be an accident: streams copied into workers, a block computed in
 * another's place. Books of few amounts repeat blocks rightly (in most books of rare claims some are all zero), so a pair
 * counts only where blocks² times the probability that the draws give just these totals, each taken as its share of all
 * trials, is below a limit. `ordered` are the totals in ascending order. Null: no such pair.
 */
export function distinctBlocksFault(total: Float64Array, ordered: Float64Array): string | null {
  const blocks = blockCount(total.length);
  if (blocks < 2) return null;
  const last = total.length - (blocks - 1) * BLOCK_TRIALS;
  // The last block, where it is shorter, with the beginnings of the others.
  const lengths = last === BLOCK_TRIALS ? [BLOCK_TRIALS] : [BLOCK_TRIALS, last];
  for (const length of lengths) {
    const fault = repeatedStretch(total, ordered, length);
    if (fault !== null) return fault;
  }
  return null;
}

/** Two blocks that begin with the same `length` totals. */
function repeatedStretch(total: Float64Array, ordered: Float64Array, length: number): string | null {
  const blocks = Math.floor((total.length - length) / BLOCK_TRIALS) + 1;
  const firstWith = new Map<number, number>();
  const known = new Set<number>();
  for (let block = 0; block < blocks; block++) {
    const stretch = total.subarray(block * BLOCK_TRIALS, block * BLOCK_TRIALS + length);
    const hash = hashOf(stretch);
    const first = firstWith.get(hash);
    if (first === undefined) firstWith.set(hash, block);
    if (first === undefined || known.has(hash)) continue;
    known.add(hash);
    const other = total.subarray(first * BLOCK_TRIALS, first * BLOCK_TRIALS + length);
    if (!stretch.every((x, t) => x === other[t])) continue;
    if (blocks * blocks * exp(logProbability(stretch, ordered)) < LIMITS.coincidence) {
      return `blocks ${first} and ${block} have the same totals`;
    }
  }
  return null;
}

/** The probability of these totals in this order, each as often as it is among all. */
function logProbability(stretch: Float64Array, ordered: Float64Array): number {
  let sum = 0;
  for (const x of stretch) sum += log((countAtMost(ordered, x) - countBelow(ordered, x)) / ordered.length);
  return sum;
}

/**
 * A stretch of zeros too long for chance: trials that nobody filled. Given that Z of n independent trials are zero, any L
 * of them are with probability Z/n · (Z − 1)/(n − 1) ⋯ (L factors), and there are fewer than n stretches. Null: none.
 */
export function filledFault(total: Float64Array, ordered: Float64Array): string | null {
  const { start, length } = longestZeros(total);
  const n = total.length;
  const zeros = countAtMost(ordered, 0);
  let logExpected = log(n);
  for (let i = 0; i < length; i++) logExpected += log((zeros - i) / (n - i));
  // Of all zero nothing can be said: there may be nothing to pay.
  if (zeros === n || exp(logExpected) >= LIMITS.coincidence) return null;
  return `trials ${start} to ${start + length - 1} are all zero, as ${zeros} of ${n} are`;
}

function longestZeros(values: Float64Array): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (let t = 0; t <= values.length; t++) {
    if (t < values.length && values[t] === 0) continue;
    if (t - start > longest.length) longest = { start, length: t - start };
    start = t + 1;
  }
  return longest;
}
