import { artanhRest, logPair } from "../../../math/log.ts";
import type { Pair } from "../../../math/rounding-error.ts";
import { exactSum, over, pair, plus } from "./pair.ts";

/** Up to here p / (2 − p) is below 0.17, where the series of artanhRest holds. */
const SMALL = 0.29;

/**
 * log(1 − p) in two doubles for p in [0, 1), of the exact p: (1 − p)^k for k = 1e9 would lose nine digits to a
 * rounding of 1 − p, and two more to one of its logarithm.
 */
export function logComplement(p: number): Pair {
  const complement = exactSum(1, -p);
  if (p > SMALL) return plus(logPair(complement.high), pair(complement.low / complement.high));
  // log(1 − p) = 2 artanh(s) with s = −p / (2 − p).
  const s = over(pair(-p), exactSum(2, -p));
  return plus(pair(2 * s.high, 2 * s.low), artanhRest(s.high, s.low));
}
