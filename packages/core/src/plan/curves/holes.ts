import { severity } from "../../laws/severities/index.ts";
import { type CompiledPlan, SCALE, SEVERITY } from "../compiled-plan.ts";
import type { Line, Plan } from "../plan.ts";
import { amountAt } from "./amount-at.ts";
import { Filler } from "./filler.ts";
import { FINEST, cellsOf } from "./grid.ts";
import { kinksAt } from "./kinks-at.ts";
import { shareOf } from "./law-curves.ts";

/**
 * Writes x[i], for those of the `n` values z[i] whose x[i] is NaN: plan line `line`'s curve has a hole there. The others are left
 * as they are.
 */
export type FillHoles = (line: number, z: Float64Array, x: Float64Array, n: number) => void;

/**
 * The filler of a compiled plan's holes. What it needs of a line is made when the line first asks: most curves end where hardly
 * a claim is beyond, and a book may have ten thousand.
 */
export function holeFiller(plan: Plan, { scales, severities }: CompiledPlan): FillHoles {
  const byLine: (Filler | undefined)[] = [];
  /** Lines with equal claims share one. */
  const known = new Map<string, Filler>();
  let list = new Int32Array(0);
  return (line, z, x, n) => {
    if (severities[line * SEVERITY.fields + SEVERITY.hasHoles] === 0) return;
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    const filler = (byLine[line] ??= fillerOf(known, plan.lines[line], offset, Math.abs(slope)));
    if (list.length < n) list = new Int32Array(n);
    const holes = findHoles(list, x, n);
    filler.fill(list, holes, scales[line * SCALE.fields + SCALE.share] < 1 ? -1 : 1, z, x);
  };
}

/** Lists the amounts that are NaN, and returns how many they are. Which they are cannot be predicted: no branches. */
function findHoles(list: Int32Array, x: Float64Array, n: number): number {
  let holes = 0;
  for (let i = 0; i < n; i++) {
    const amount = x[i];
    list[holes] = i;
    holes += Number(amount !== amount);
  }
  return holes;
}

function fillerOf(
  known: Map<string, Filler>,
  { severity: spec, survival }: Line,
  offset: number,
  slope: number,
): Filler {
  const key = JSON.stringify([spec, shareOf(survival)]);
  let filler = known.get(key);
  if (filler === undefined) {
    const law = severity(spec);
    // A curve that is all holes has no cells.
    const grid = slope === 0 ? FINEST : { offset, slope, cells: cellsOf(slope) };
    filler = new Filler(amountAt(law, survival), kinksAt(law, survival), grid);
    known.set(key, filler);
  }
  return filler;
}
