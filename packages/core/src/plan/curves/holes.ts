import { severity } from "../../laws/severities/index.ts";
import { type CompiledPlan, ROW, SCALE, SEVERITY } from "../compiled-plan.ts";
import type { Plan } from "../plan.ts";
import { cellOf } from "../recipe.ts";
import { amountAt } from "./amount-at.ts";

/**
 * Writes x[i], for those of the `n` values z[i] that lie in a hole of plan line `line`'s curve: the amounts of the law
 * itself. The others are left as they are.
 */
export type FillHoles = (line: number, z: Float64Array, x: Float64Array, n: number) => void;

/** The filler of a compiled plan's holes, shared by kernels. */
export function holeFiller(plan: Plan, { curves, scales, severities }: CompiledPlan): FillHoles {
  const amounts = plan.lines.map(({ severity: spec, survival }, i) => {
    return severities[i * SEVERITY.fields + SEVERITY.hasHoles] === 0 ? null : amountAt(severity(spec), survival);
  });
  return (line, z, x, n) => {
    const amount = amounts[line];
    if (amount === null) return;
    const start = severities[line * SEVERITY.fields + SEVERITY.start];
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    const sign = scales[line * SCALE.fields + SCALE.share] < 1 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      const cell = cellOf(slope * z[i] + offset);
      if (Number.isNaN(curves[start + cell * ROW])) x[i] = amount(sign * z[i]);
    }
  };
}
