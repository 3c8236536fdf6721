import { positive } from "../define-law.ts";
import { z } from "zod";
import type { CountBase } from "./count-base.ts";
import { defineCount } from "./define-count.ts";
import type { Masses } from "./numerics/masses.ts";
import { exactSum, ONE, over, pair, times } from "./numerics/pair.ts";
import { type TailTable, tailTable } from "./numerics/tail-table.ts";

const shape = () => positive().min(1e-9).max(1e9);

/**
 * Beta-binomial: binomial of `size` with a probability that is beta distributed (R's extraDistr dbbinom; Johnson, Kemp
 * & Kotz, Univariate Discrete Distributions, 6.2.2). Mean size · a / (a + b), variance mean · b (a + b + size) / ((a +
 * b)(a + b + 1)) with a = shape1, b = shape2. All of its probabilities are tabulated by ratios from the mode, in two
 * doubles, so that neither a gamma function nor a difference enters; hence `size` is at most 1e6.
 */
export const betaBinomial = defineCount(
  "betaBinomial",
  { size: z.number().int().nonnegative().max(1_000_000), shape1: shape(), shape2: shape() },
  ({ size, shape1, shape2 }) => betaBinomialBase(size, shape1, shape2),
);

function betaBinomialBase(size: number, a: number, b: number): CountBase {
  const mean = (size * a) / (a + b);
  const masses = () => betaBinomialMasses(size, a, b);
  let built: TailTable | undefined;
  const table = () => (built ??= tailTable(masses()));
  return {
    mean,
    variance: (mean * b * (a + b + size)) / ((a + b) * (a + b + 1)),
    largest: size,
    isTabulated: false,
    probability: (k) => table().probability[k],
    cdf: (k) => table().cdf[k],
    survival: (k) => table().survival[k],
    masses,
  };
}

/**
 * From the mode, or from 0 where both ends are modes: p(k + 1) / p(k) = (size − k)(a + k) / ((k + 1)(b + size − 1 −
 * k)).
 */
function betaBinomialMasses(size: number, a: number, b: number): Masses {
  const high = new Float64Array(size + 1);
  const low = new Float64Array(size + 1);
  const upper = (k: number) => times(pair(size - k), exactSum(a, k));
  const lower = (k: number) => times(pair(k + 1), exactSum(b, size - 1 - k));
  const mode = modeOf(size, a, b);
  high[mode] = 1;
  let mass = ONE;
  for (let k = mode; k < size; k++) {
    mass = over(times(mass, upper(k)), lower(k));
    high[k + 1] = mass.high;
    low[k + 1] = mass.low;
  }
  mass = ONE;
  for (let k = mode - 1; k >= 0; k--) {
    mass = over(times(mass, lower(k)), upper(k));
    high[k] = mass.high;
    low[k] = mass.low;
  }
  return { high, low, length: size + 1 };
}

function modeOf(size: number, a: number, b: number): number {
  if (a <= 1) return 0;
  if (b <= 1) return size;
  return Math.min(size, Math.floor(((size + 1) * (a - 1)) / (a + b - 2)));
}
