import type { Severity } from "../../laws/law.ts";
import { type SeveritySpec, severity } from "../../laws/severities/index.ts";
import { kinksOf } from "../../laws/severities/numerics/kinks.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { normalQuantile } from "../../math/normal.ts";
import { FORM } from "../compiled-plan.ts";
import type { Line } from "../plan.ts";
import { MOST_LOG2 } from "../recipe.ts";
import { amountAt } from "./amount-at.ts";
import { curveOf } from "./curve.ts";
import { stepsOf } from "./steps.ts";

/** What a line's amounts are computed from. */
export interface SeverityTable {
  readonly form: (typeof FORM)[keyof typeof FORM];
  readonly offset: number;
  readonly slope: number;
  readonly hasHoles: boolean;
  /** What goes into `CompiledPlan.curves`. */
  readonly rows: Float64Array;
  /** Thresholds of STEPS. */
  readonly thresholds: Float64Array;
}

const LN2 = LN2_HIGH + LN2_LOW;
const NONE = new Float64Array(0);
/** Φ⁻¹ of the smallest tail of the normal table, 2^-63. */
const MOST_Z = 9.1;
/** The smallest S whose tails, S · 2^-54 at least, the normal table has. */
const LEAST_SURVIVAL = 1 / 512;

/** The tables of a plan's lines; lines with equal claims share one. */
export function severityTables(lines: readonly Line[]): SeverityTable[] {
  const known = new Map<string, SeverityTable>();
  return lines.map((line) => {
    const straight = straightLine(line);
    if (straight) return straight;
    const key = JSON.stringify([line.severity, line.survival]);
    const table = known.get(key) ?? tableOf(line);
    known.set(key, table);
    return table;
  });
}

/** A lognormal law: log2 x is a straight line in z; of a thinned line z is that of the upper tail, and falls. */
function straightLine({ severity: spec, survival }: Line): SeverityTable | undefined {
  if (spec.law !== "lognormal" || survival < LEAST_SURVIVAL) return undefined;
  const offset = spec.meanlog / LN2;
  const slope = (survival < 1 ? -spec.sdlog : spec.sdlog) / LN2;
  if (Math.abs(offset) + MOST_Z * Math.abs(slope) > MOST_LOG2) return undefined;
  return { form: FORM.line, offset, slope, hasHoles: false, rows: NONE, thresholds: NONE };
}

function tableOf({ severity: spec, survival }: Line): SeverityTable {
  const steps = stepsOf(spec, survival);
  if (steps) {
    const { thresholds, amounts } = steps;
    return { form: FORM.steps, offset: 0, slope: 0, hasHoles: false, rows: amounts, thresholds };
  }
  const law = severity(spec as SeveritySpec);
  return { form: FORM.curve, thresholds: NONE, ...curveOf(amountAt(law, survival), kinksAt(law, survival)) };
}

/** Where, in z, the amounts of a line have their kinks. */
function kinksAt(law: Severity, survival: number): number[] {
  const at = (x: number): number => {
    if (survival < 1) return normalQuantile(Math.min(law.survival(x) / survival, 1), "lower");
    const below = law.cdf(x);
    return below < 0.5 ? normalQuantile(below, "lower") : normalQuantile(law.survival(x), "upper");
  };
  return kinksOf(law)
    .map(at)
    .filter((z) => Math.abs(z) < Infinity);
}
