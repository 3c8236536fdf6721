import { QUANTILE_ROWS, ROW } from "../compiled-plan.ts";

/**
 * Claims over the plan's horizon that repay the building of one: 0.03 to 0.3 ms, against 0.6 to 3 ns each. The longest horizon
 * is that of every run from 65,537 trials on: with fewer claims than this, short runs would lose more than long ones win.
 * A plan of few lines can lose two milliseconds at most, which nobody notices, and win a tenth of a run of minutes.
 */
export function repayingClaims(lines: number): number {
  return lines <= FEW_LINES ? 100_000 : 1_000_000;
}

const FEW_LINES = 16;

/** Doubles and bytes of a quantile table. */
export const QUANTILE_TABLE_LENGTH = QUANTILE_ROWS * ROW;
export const QUANTILE_TABLE_BYTES = 8 * QUANTILE_TABLE_LENGTH;

/** What the amounts of a line are computed from without the table: log2 x is a straight line in z where there are no rows, as SCALE says. */
export interface Recipe {
  readonly rows: Float64Array;
  readonly offset: number;
  readonly slope: number;
  readonly share: number;
  readonly shift: number;
}

/** Makes tables of a line's amounts by tails, for `quantileAt`: one look-up instead of a normal, a curve and a power. */
export interface QuantileTables {
  /** Whether 8 rows an octave do in the middle of the law, where they are coarsest: what tells it before there is room for a table. */
  isFineEnough(recipe: Recipe): boolean;
  /** Writes the whole table. Returns whether it can be used: 8 rows an octave may be too coarse elsewhere too. */
  write(recipe: Recipe, table: Float64Array): boolean;
}
