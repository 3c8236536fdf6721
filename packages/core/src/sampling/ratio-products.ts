import { exp } from "../math/exp.ts";
import { BLOCK_TRIALS } from "../plan/block.ts";

/** ½ R of each trial of a block, R a product of many ratios: values[t] · LARGEST^overflows[t], as R may leave the doubles on its way. */
export interface RatioProducts {
  readonly values: Float64Array;
  readonly overflows: Int32Array;
  readonly begin: () => void;
}

/** 2^256, by which products that leave the doubles are scaled, and its logarithm. */
export const LARGEST = 1.157920892373162e77;
const LOG_LARGEST = 177.445678223346;
const SMALLEST = 1 / LARGEST;

/** Products that begin with the ratio for a trial without claims, of which this is the logarithm. */
export function ratioProducts(logarithm: number): RatioProducts {
  const values = new Float64Array(BLOCK_TRIALS);
  const overflows = new Int32Array(BLOCK_TRIALS);
  const missing = Math.floor(-logarithm / LOG_LARGEST);
  const scale = exp(missing * LOG_LARGEST + logarithm) / 2;
  return {
    values,
    overflows,
    begin() {
      values.fill(scale);
      overflows.fill(-missing);
    },
  };
}

/** Whether a product has to be scaled before it is multiplied again. */
export function leavesDoubles(value: number): boolean {
  return value > LARGEST || value < SMALLEST;
}

export function rescale(values: Float64Array, overflows: Int32Array, t: number): void {
  const isLarge = values[t] > LARGEST;
  values[t] *= isLarge ? SMALLEST : LARGEST;
  overflows[t] += isLarge ? 1 : -1;
}

export function halfRatio({ values, overflows }: RatioProducts, t: number): number {
  const overflow = overflows[t];
  if (overflow === 0) return values[t];
  if (overflow > 0) return Infinity;
  return overflow === -1 ? values[t] * SMALLEST : 0;
}
