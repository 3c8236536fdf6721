import { expm1 } from "../../../math/exp.ts";
import { sumOf } from "../../../math/fold.ts";
import { log1p } from "../../../math/log.ts";
import { productError, sumError } from "../../../math/rounding-error.ts";
import type { Severity, Tail } from "../../law.ts";
import { smallestRoot } from "./smallest-root.ts";

const MOST_STEPS = 5;
/** Newton's step squares the error, so the next one would be below a unit in the last place. */
const SMALL_STEP = 1e-9;

/** A component of a mixture; weights need not add up to 1. */
export interface Part {
  readonly weight: number;
  readonly law: Severity;
}

/** The probability that is asked for, times the sum of all weights, in two doubles. */
interface Target {
  readonly tail: Tail;
  readonly mass: number;
  readonly massError: number;
}

/**
 * The smallest x with P(X <= x) >= p (lower) or P(X > x) <= p (upper), for p in (0, 1/2]. Newton's method from a guess that is
 * `near` does where the law is smooth, without the components' quantiles.
 */
export function mixtureQuantile(parts: readonly Part[], p: number, tail: Tail, near = NaN): number {
  const target = targetOf(parts, p, tail);
  const found = near > 0 && near < Infinity ? newtonRoot(parts, target, near) : NaN;
  if (!Number.isNaN(found)) return found;
  const excess = (x: number): number => excessAt(parts, target, x);
  const propose = (x: number, value: number): number => newtonStep(parts, target, x, value);
  const [low, high] = bracket(parts, target, p);
  // The bounds of a bracket are quantiles themselves, and often the answer but for rounding.
  const atLow = excess(low);
  if (atLow >= 0) return low;
  const atHigh = excess(high);
  if (atHigh < 0) return high;
  const start = tail === "lower" ? propose(high, atHigh) : propose(low, atLow);
  return smallestRoot(excess, propose, low, high, start);
}

/** Where Newton's steps come to rest; NaN if they do not soon, as at an atom. */
function newtonRoot(parts: readonly Part[], target: Target, start: number): number {
  let x = start;
  for (let i = 0; i < MOST_STEPS; i++) {
    const next = newtonStep(parts, target, x, excessAt(parts, target, x));
    const isThere = Math.abs(next - x) <= SMALL_STEP * x;
    x = next;
    if (isThere) return x;
    if (!(x > 0 && x < Infinity)) return NaN;
  }
  return NaN;
}

function targetOf(parts: readonly Part[], p: number, tail: Tail): Target {
  let total = 0;
  let error = 0;
  for (const { weight } of parts) {
    const next = total + weight;
    error += sumError(total, weight, next);
    total = next;
  }
  const mass = p * total;
  return { tail, mass, massError: productError(p, total, mass) + p * error };
}

/**
 * The quantile lies between the components' own; one component alone can fill the lower tail or keep the upper one open.
 */
function bracket(parts: readonly Part[], { tail, mass }: Target, p: number): [low: number, high: number] {
  const quantiles = parts.map(({ law }) => law.quantile(p, tail));
  const alone = parts.filter(({ weight }) => mass < weight).map(({ law, weight }) => law.quantile(mass / weight, tail));
  if (tail === "lower") return [Math.min(...quantiles), Math.min(Math.max(...quantiles), ...alone)];
  return [Math.max(Math.min(...quantiles), ...alone), Math.max(...quantiles)];
}

/**
 * P(X <= x) − p (lower) or p − P(X > x) (upper), times the sum of all weights. Of each component only the smaller tail is
 * used and whole weights are added up without error, so that in a gap between components, where these cancel against
 * the target, what is left keeps its digits.
 */
function excessAt(parts: readonly Part[], { tail, mass, massError }: Target, x: number): number {
  const sign = tail === "lower" ? 1 : -1;
  let whole = -sign * mass;
  let error = -sign * massError;
  let small = 0;
  for (const { weight, law } of parts) {
    const below = law.cdf(x);
    const isLow = below <= 0.5;
    small += isLow ? weight * below : -weight * law.survival(x);
    if (isLow === (tail === "upper")) {
      const next = whole + sign * weight;
      error += sumError(whole, sign * weight, next);
      whole = next;
    }
  }
  return whole + (error + small);
}

/** Newton's step for the logarithm of the tail as a function of log x, or plainly where x is not positive. */
function newtonStep(parts: readonly Part[], { tail, mass }: Target, x: number, excess: number): number {
  const density = sumOf(parts, ({ weight, law }) => weight * law.density(x));
  // Where a density has a pole, or overflows beside one, its slope says nothing: the bracket is halved instead.
  if (density === Infinity) return Number.NaN;
  if (!(x > 0)) return x - excess / density;
  const relative = tail === "lower" ? excess / mass : -excess / mass;
  const step = (log1p(relative) * (mass + mass * relative)) / (x * density);
  return x + x * expm1(tail === "lower" ? -step : step);
}
