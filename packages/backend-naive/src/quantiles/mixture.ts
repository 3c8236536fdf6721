import { bracketedRoot } from "./bracketed-root.ts";
import { firstAtLeast, firstAtMost } from "./cumulative.ts";
import type { Law } from "./law.ts";
import { sumOf } from "@lossmill/core/math";

/** The law of `components[i]` with probability weights[i] (relative). */
export function mixture(weights: readonly number[], components: readonly Law[]): Law {
  const kept = components.filter((_, i) => weights[i] > 0);
  const total = sumOf(weights);
  const shares = weights.filter((weight) => weight > 0).map((weight) => weight / total);

  const tail = (x: number, upper: boolean): number => {
    let sum = 0;
    for (let i = 0; i < shares.length; i++) sum += shares[i] * kept[i].tail(x, upper);
    return sum;
  };
  const jumps = jumpsOf(kept, tail);
  const root = rootFinder(tail);

  const small = (p: number, upper: boolean): number => {
    const next = upper ? firstAtMost(jumps.above, p) : firstAtLeast(jumps.upTo, p);
    if (next < jumps.at.length && (upper ? jumps.aboveLess[next] > p : jumps.upToLess[next] < p)) return jumps.at[next];

    // The quantile lies among the components' own, and no component alone may have more of the tail than p.
    let low = Infinity;
    let high = -Infinity;
    let bound = upper ? -Infinity : Infinity;
    for (let i = 0; i < shares.length; i++) {
      const x = kept[i].quantile(p, upper);
      low = Math.min(low, x);
      high = Math.max(high, x);
      if (p >= shares[i]) continue;
      const alone = kept[i].quantile(p / shares[i], upper);
      bound = upper ? Math.max(bound, alone) : Math.min(bound, alone);
    }
    if (upper) low = Math.max(low, bound);
    else high = Math.min(high, bound);
    if (next > 0) low = Math.max(low, jumps.at[next - 1]);
    if (next < jumps.at.length) high = Math.min(high, jumps.atLess[next]);
    return low < high ? root(p, upper, low, high) : low;
  };
  return {
    quantile: (p, upper) => (p > 0.5 ? small(1 - p, !upper) : small(p, upper)),
    tail,
    atoms: [...jumps.at],
  };
}

/**
 * Finds the smallest x in [low, high] with tail(x) >= p (lower) or <= p (upper): in logarithms, in which tails are closest
 * to straight lines. The functions of x are made once, so that a quantile allocates nothing.
 */
function rootFinder(tail: Law["tail"]) {
  let target = 0;
  let fromTop = false;
  const missing = (x: number): number => {
    const excess = Math.log(tail(x, fromTop)) - target;
    return fromTop ? excess : -excess;
  };
  const missingAtLog = (w: number): number => missing(Math.exp(w));
  return (p: number, upper: boolean, low: number, high: number): number => {
    target = Math.log(p);
    fromTop = upper;
    if (low < 0) return bracketedRoot(missing, low, high);
    return Math.exp(bracketedRoot(missingAtLog, Math.log(Math.max(low, Number.MIN_VALUE)), Math.log(high)));
  };
}

/** The amounts of positive probability, in order, with both tails there and a hair below. */
function jumpsOf(components: readonly Law[], tail: Law["tail"]) {
  const at = Float64Array.from(new Set(components.flatMap((component) => component.atoms ?? []))).sort();
  const atLess = at.map((x) => x - Math.abs(x) * Number.EPSILON - Number.MIN_VALUE);
  return {
    at,
    atLess,
    upTo: at.map((x) => tail(x, false)),
    upToLess: atLess.map((x) => tail(x, false)),
    above: at.map((x) => tail(x, true)),
    aboveLess: atLess.map((x) => tail(x, true)),
  };
}
