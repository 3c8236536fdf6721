import { exp } from "../../../math/exp.ts";
import { log } from "../../../math/log.ts";
import { normalQuantile } from "../../../math/normal.ts";
import type { CountLaw, Tail } from "../../law.ts";

type Tails = Omit<CountLaw, "quantile" | "thresholds">;

/** From this turn on, every other step halves the bracket: Newton's steps alone may creep where a law has gaps. */
const PATIENCE = 6;
/**
 * No step multiplies k + 1 by more than this: from a gap between two modes, Newton's step may leave all whole numbers.
 */
const LONGEST_STEP = 256;
/** Above this, 1 − cdf has lost too many digits to steer by. */
const NEAR_ONE = 0.999999;

/**
 * The smallest k with P(N <= k) >= p (lower) or P(N > k) <= p (upper), exactly by the law's own cdf and survival.
 * Newton steps on the logarithm of the smaller tail, kept inside a bracket; some five evaluations from a start by
 * moments.
 */
export function searchQuantile(law: Tails, p: number, tail: Tail): number {
  const lower = tail === "lower";
  if (lower ? p <= 0 : p >= 1) return 0;
  if (lower ? p >= 1 : p <= 0) return law.largest;
  const target = p <= 0.5 ? p : 1 - p;
  const byCdf = lower === p <= 0.5;
  let below = -1;
  let above = law.largest;
  let k = Math.min(startOf(law, p, tail), above);
  for (let turn = 1; ; turn++) {
    const value = lower ? law.cdf(k) : law.survival(k);
    if (lower ? value >= p : value <= p) above = k;
    else below = k;
    if (above - below <= 1) return above;
    const halve = turn >= PATIENCE && turn % 2 === 0;
    const steered = lower === byCdf ? value : value < NEAR_ONE ? 1 - value : byCdf ? law.cdf(k) : law.survival(k);
    const step = halve ? NaN : byCdf ? cdfStep(law, k, steered, target) : survivalStep(law, k, steered, target);
    const next = Number.isFinite(step) ? Math.min(Math.ceil(step), LONGEST_STEP * (k + 1)) : middle(below, above);
    k = Math.max(below + 1, Math.min(above - 1, next));
  }
}

/**
 * Wilson & Hilferty 1931: the cube root of a gamma variable is nearly normal; here with the law's mean and variance.
 */
function startOf({ mean, variance }: Tails, p: number, tail: Tail): number {
  const ninth = variance / (9 * mean * mean);
  const root = 1 - ninth + normalQuantile(p, tail) * Math.sqrt(ninth);
  return root > 0 ? Math.ceil(mean * root * root * root) : 0;
}

/** Log P(N <= k) is nearly linear in log(k + 1), exactly so for the power law at the foot of a gamma. */
function cdfStep(law: Tails, k: number, value: number, target: number): number {
  const elasticity = ((k + 1) * law.probability(k)) / value;
  return (k + 1) * exp(log(target / value) / elasticity) - 1;
}

/** Log P(N > k) is nearly linear in k in a thin tail, in log(k + 1) in a thick one. */
function survivalStep(law: Tails, k: number, value: number, target: number): number {
  const hazard = law.probability(k) / value;
  const change = log(target / value);
  return hazard * (k + 1) < 1 ? (k + 1) * exp(-change / (hazard * (k + 1))) - 1 : k - change / hazard;
}

function middle(below: number, above: number): number {
  return above === Infinity ? 2 * below + 2 : Math.floor((below + above) / 2);
}
