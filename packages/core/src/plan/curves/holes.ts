import { severity } from "../../laws/severities/index.ts";
import { type CompiledPlan, ROW, SCALE, SEVERITY } from "../compiled-plan.ts";
import type { Line, Plan } from "../plan.ts";
import { cellOf } from "../recipe.ts";
import { LEAST_SHARE, amountAt } from "./amount-at.ts";
import { FINEST } from "./curve.ts";
import { Filler } from "./filler.ts";
import { kinksAt } from "./kinks-at.ts";

/**
 * Writes x[i], for those of the `n` values z[i] that lie in a hole of plan line `line`'s curve. The others are left as they
 * are.
 */
export type FillHoles = (line: number, z: Float64Array, x: Float64Array, n: number) => void;

/** The filler of a compiled plan's holes, shared by kernels. */
export function holeFiller(plan: Plan, { curves, scales, severities }: CompiledPlan): FillHoles {
  const fillers = fillersOf(plan, scales, severities);
  let list = new Int32Array(0);
  return (line, z, x, n) => {
    const filler = fillers[line];
    if (filler === null) return;
    if (list.length < n) list = new Int32Array(n);
    const start = severities[line * SEVERITY.fields + SEVERITY.start];
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    const holes = findHoles(list, z, n, curves, start, offset, slope);
    filler.fill(list, holes, scales[line * SCALE.fields + SCALE.share] < 1 ? -1 : 1, z, x);
  };
}

/** Lists the values that are in a hole, and returns how many they are. Which they are cannot be predicted: no branches. */
function findHoles(
  list: Int32Array,
  z: Float64Array,
  n: number,
  curves: Float64Array,
  start: number,
  offset: number,
  slope: number,
): number {
  let holes = 0;
  for (let i = 0; i < n; i++) {
    const first = curves[start + Math.imul(cellOf(slope * z[i] + offset), ROW)];
    list[holes] = i;
    holes += Number(first !== first);
  }
  return holes;
}

/** By line; lines with equal claims share one. */
function fillersOf(plan: Plan, scales: Float64Array, severities: Int32Array): (Filler | null)[] {
  const known = new Map<string, Filler>();
  return plan.lines.map((line, i) => {
    if (severities[i * SEVERITY.fields + SEVERITY.hasHoles] === 0) return null;
    const key = JSON.stringify([line.severity, line.survival < LEAST_SHARE ? line.survival : 1]);
    const offset = scales[i * SCALE.fields + SCALE.offset];
    const slope = Math.abs(scales[i * SCALE.fields + SCALE.slope]);
    const filler = known.get(key) ?? fillerOf(line, offset, slope);
    known.set(key, filler);
    return filler;
  });
}

function fillerOf({ severity: spec, survival }: Line, offset: number, slope: number): Filler {
  const law = severity(spec);
  // A curve that is all holes has no cells.
  const grid = slope === 0 ? FINEST : { offset, slope, cells: FINEST.cells };
  return new Filler(amountAt(law, survival), kinksAt(law, survival), grid);
}
