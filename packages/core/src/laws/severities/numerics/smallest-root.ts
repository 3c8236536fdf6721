const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);
/** The sign bit, as a signed integer. */
const SIGN = -(1n << 63n);
/** So many steps are taken as proposed before one halves the bracket, whatever their size. */
const PATIENCE = 8;

/** The place of x among all doubles, 0 for 0; neighbours differ by 1. */
function ordinal(x: number): bigint {
  float[0] = x;
  return bits[0] >= 0n ? bits[0] : -(bits[0] ^ SIGN);
}

/** The double halfway between two, counted in doubles: steps of equal ratio where they are far apart. */
function middle(low: number, high: number): number {
  const place = (ordinal(low) + ordinal(high)) >> 1n;
  bits[0] = place >= 0n ? place : -place ^ SIGN;
  return float[0];
}

/**
 * The smallest double x in (low, high] with excess(x) >= 0, for an excess that never falls, is negative at low and not at
 * high. `propose(x, excess)` suggests where it vanishes (Newton's step from x, say); a proposal outside the bracket, or one that
 * does not halve the step before, gives way to the middle of the doubles that are left. So jumps, flat pieces and roots
 * of any magnitude take at most some 70 halvings, smooth ones about 6 steps. A proposal that changes x by less than a unit
 * in the last place is the answer.
 */
export function smallestRoot(
  excess: (x: number) => number,
  propose: (x: number, excess: number) => number,
  low: number,
  high: number,
  start: number,
): number {
  let below = low;
  let above = high;
  let x = start;
  let step = Infinity;
  for (let i = 1; ; i++) {
    if (!(x > below && x < above)) x = middle(below, above);
    if (!(x > below && x < above)) return above;
    const value = excess(x);
    if (value >= 0) above = x;
    else below = x;
    const next = propose(x, value);
    const size = Math.abs(next - x);
    if (size <= 1e-16 * Math.abs(x)) return Math.min(Math.max(next, low), high);
    x = size < step / 2 && i % PATIENCE > 0 ? next : NaN;
    step = Number.isNaN(x) ? Infinity : size;
  }
}
