import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount, wholeNumber } from "./define-count.ts";
import { listedMasses } from "./numerics/masses.ts";

/** Always n claims. */
export const fixed = defineCount(
  "fixed",
  { n: wholeNumber() },
  ({ n }) => certain(n),
  ({ n }) => checkMean("n", n),
);

/** The law of a count that is always n. */
export function certain(n: number): CountBase {
  return {
    mean: n,
    variance: 0,
    largest: n,
    isTabulated: false,
    probability: (k) => (k === n ? 1 : 0),
    cdf: () => 0,
    survival: () => 1,
    masses: () => listedMasses(new Float64Array(n + 1).fill(1, n)),
  };
}
