import { log } from "@lossmill/core/math";

/**
 * How far k of n is from the expected n·p, in standard errors, with the sign of k − n·p; 0 < p < 1.
 *
 * Not (k − np) / √(np(1 − p)), whose upper tail is far from normal where few are expected: of 10 expected, 4.5 standard
 * errors too many come 14 times as often as the normal law says. The signed root of the likelihood ratio, √(2n·KL(k/n ‖
 * p)), of a k moved by half towards n·p (a count's step) is beyond 4.75 no more often, from 10 expected on.
 */
export function binomialDistance(k: number, n: number, p: number): number {
  const expected = n * p;
  const side = k < expected ? -1 : 1;
  const moved = Math.abs(k - expected) < 0.5 ? expected : k - side / 2;
  const divergence = part(moved, expected) + part(n - moved, n * (1 - p));
  return side * Math.sqrt(Math.max(0, 2 * divergence));
}

function part(found: number, expected: number): number {
  return found === 0 ? 0 : found * log(found / expected);
}
