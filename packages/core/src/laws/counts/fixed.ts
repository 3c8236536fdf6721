import { checkMean, defineCount, wholeNumber } from "./define-count.ts";
import { certain } from "./numerics/certain.ts";

/** Always n claims; mean n, variance 0. */
export const fixed = defineCount(
  "fixed",
  { n: wholeNumber() },
  ({ n }) => certain(n),
  ({ n }) => checkMean("n", n),
);
