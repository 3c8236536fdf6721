import { severity } from "../../laws/severities/index.ts";
import { type CompiledPlan, SCALE } from "../compiled-plan.ts";
import type { Line, Plan } from "../plan.ts";
import { amountAt } from "./amount-at.ts";
import { Filler } from "./filler.ts";
import { FINEST, cellsOf } from "./grid.ts";
import { kinksAt } from "./kinks-at.ts";
import { shareOf } from "./law-curves.ts";
import { withoutScale } from "./without-scale.ts";

/**
 * Writes x[i], the amount at z[i] of plan line `line`, for the `n` numbers i that `holes` begins with: whose x[i] is NaN, because
 * the line's curve has a hole there (`listHoles`).
 */
export type FillHoles = (line: number, z: Float64Array, x: Float64Array, holes: Int32Array, n: number) => void;

/** Lists which of the first `n` amounts are NaN; returns how many. Which they are cannot be predicted: no branches. */
export function listHoles(holes: Int32Array, x: Float64Array, n: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const amount = x[i];
    holes[count] = i;
    count += Number(amount !== amount);
  }
  return count;
}

/**
 * The filler of a compiled plan's holes. What it needs of a line is made when the line first asks: most curves end where hardly
 * a claim is beyond, and a book may have ten thousand.
 */
export function holeFiller(plan: Plan, { scales }: CompiledPlan): FillHoles {
  const byLine: (ScaledFiller | undefined)[] = [];
  /** Lines with equal claims share one, and so do those of another scale. */
  const known = new Map<string, Filler>();
  return (line, z, x, holes, n) => {
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    const { filler, scale } = (byLine[line] ??= fillerOf(known, plan.lines[line], offset, Math.abs(slope)));
    filler.fill(holes, n, scales[line * SCALE.fields + SCALE.share] < 1 ? -1 : 1, scale, z, x);
  };
}

interface ScaledFiller {
  readonly filler: Filler;
  readonly scale: number;
}

function fillerOf(
  known: Map<string, Filler>,
  { severity: spec, survival }: Line,
  offset: number,
  slope: number,
): ScaledFiller {
  const { of, scale } = withoutScale(spec) ?? { of: spec, scale: 1 };
  const key = JSON.stringify([of, shareOf(survival)]);
  let filler = known.get(key);
  if (filler === undefined) {
    const law = severity(of);
    // A curve that is all holes has no cells.
    const grid = slope === 0 ? FINEST : { offset, slope, cells: cellsOf(slope) };
    filler = new Filler(amountAt(law, survival), kinksAt(law, survival), grid);
    known.set(key, filler);
  }
  return { filler, scale };
}
