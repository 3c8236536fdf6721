import { normalCdf } from "../math/normal.ts";
import { type CompiledPlan, FORM, ROW, SCALE, SEVERITY } from "./compiled-plan.ts";
import { cellsOf } from "./curves/curve.ts";
import { drawnMean } from "./line-tables.ts";
import type { Plan } from "./plan.ts";

/** Claims that a year is expected to draw, over all copies, by what gives their amounts (`FORM`). */
export interface ClaimForms {
  /** A quantile table. */
  readonly quantile: number;
  /** A curve of z. */
  readonly curve: number;
  /** The straight line of a lognormal law. */
  readonly line: number;
  /** Finitely many amounts. */
  readonly steps: number;
  /** The law itself, for claims in a hole of its curve. */
  readonly law: number;
}

/** How a compiled plan's claims are expected to get their amounts. Costs a pass over the curves that have holes. */
export function claimForms({ lines }: Plan, compiled: CompiledPlan): ClaimForms {
  const { severities } = compiled;
  const claims = { quantile: 0, curve: 0, line: 0, steps: 0, law: 0 };
  const known = new Map<string, number>();
  for (const [i, line] of lines.entries()) {
    const mean = line.copies * drawnMean(line);
    const form = NAMES[severities[i * SEVERITY.fields + SEVERITY.form]];
    const inHoles =
      mean * (severities[i * SEVERITY.fields + SEVERITY.hasHoles] === 0 ? 0 : holesOf(i, compiled, known));
    claims[form] += mean - inHoles;
    claims.law += inHoles;
  }
  return claims;
}

const NAMES = Object.fromEntries(Object.entries(FORM).map(([name, form]) => [form, name])) as Record<
  number,
  keyof typeof FORM
>;

/** The probability that a claim of a line is in a hole; lines with one curve and share have the same. */
function holesOf(line: number, { curves, scales, severities }: CompiledPlan, known: Map<string, number>): number {
  const start = severities[line * SEVERITY.fields + SEVERITY.start];
  const [offset, slope, share] = [SCALE.offset, SCALE.slope, SCALE.share].map((at) => scales[line * SCALE.fields + at]);
  const key = `${start} ${slope} ${share}`;
  let found = known.get(key);
  if (found === undefined) {
    found = slope === 0 ? 1 : holesIn(curves, start, offset, slope, share);
    known.set(key, found);
  }
  return found;
}

/** Of z = Φ⁻¹(share · v): the probability of the cells whose coefficients are NaN. */
function holesIn(curves: Float64Array, start: number, offset: number, slope: number, share: number): number {
  const below = (position: number) => Math.min(normalCdf((position - offset) / slope), share);
  let sum = 0;
  for (let k = 0; k <= cellsOf(slope); k++) {
    const first = curves[start + k * ROW];
    if (first !== first) sum += Math.abs(below(k + 0.5) - below(k - 0.5));
  }
  return sum / share;
}
