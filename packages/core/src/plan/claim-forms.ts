import { normalCdf } from "../math/normal.ts";
import { type CompiledPlan, FORM, ROW, SCALE, SEVERITY } from "./compiled-plan.ts";
import { cellsWithin } from "./curves/grid.ts";
import { shareOf } from "./curves/law-curves.ts";
import type { Reach } from "./curves/reach.ts";
import { reachesOf } from "./curves/severity-tables.ts";
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
export function claimForms({ lines, horizon }: Plan, compiled: CompiledPlan): ClaimForms {
  const { severities } = compiled;
  const claims = { quantile: 0, curve: 0, line: 0, steps: 0, law: 0 };
  const known = new Map<string, number>();
  const reaches = reachesOf({ lines, horizon });
  for (const [i, line] of lines.entries()) {
    const mean = line.copies * drawnMean(line);
    const form = NAMES[severities[i * SEVERITY.fields + SEVERITY.form]];
    const hasHoles = severities[i * SEVERITY.fields + SEVERITY.hasHoles] !== 0;
    const inHoles = hasHoles
      ? mean * holesOf(i, compiled, reaches.of(line.severity, shareOf(line.survival)), known)
      : 0;
    claims[form] += mean - inHoles;
    claims.law += inHoles;
  }
  return claims;
}

const NAMES = Object.fromEntries(Object.entries(FORM).map(([name, form]) => [form, name])) as Record<
  number,
  keyof typeof FORM
>;

/**
 * The probability that a claim of a line is in a hole; lines with one curve and share have the same. What is beyond the reach
 * of the curve is a part of it, only made later.
 */
function holesOf(
  line: number,
  { curves, scales, severities }: CompiledPlan,
  reach: Reach,
  known: Map<string, number>,
): number {
  const start = severities[line * SEVERITY.fields + SEVERITY.start];
  const [offset, slope, share] = [SCALE.offset, SCALE.slope, SCALE.share].map((at) => scales[line * SCALE.fields + at]);
  const key = `${start} ${slope} ${share}`;
  let found = known.get(key);
  if (found === undefined) {
    found = slope === 0 ? 1 : holesIn(curves, start, offset, slope, share, reach);
    known.set(key, found);
  }
  return found;
}

/** Of z = Φ⁻¹(share · v): the probability of the cells whose coefficients are NaN. */
function holesIn(
  curves: Float64Array,
  start: number,
  offset: number,
  slope: number,
  share: number,
  reach: Reach,
): number {
  const below = (position: number) => Math.min(normalCdf((position - offset) / slope), share);
  const { first, last } = cellsWithin(reach, offset, slope);
  let sum = 0;
  for (let k = first; k <= last; k++) {
    const coefficient = curves[start + k * ROW];
    if (Number.isNaN(coefficient)) sum += Math.abs(below(k + 0.5) - below(k - 0.5));
  }
  return sum / share;
}
