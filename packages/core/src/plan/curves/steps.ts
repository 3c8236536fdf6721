import type { SeveritySpec } from "../../laws/severities/index.ts";
import { cumulative } from "../../laws/severities/numerics/cumulative.ts";

/** A severity with finitely many amounts: amount k, for k thresholds below a claim's uniform. */
export interface Steps {
  readonly thresholds: Float64Array;
  /** One more than thresholds. */
  readonly amounts: Float64Array;
}

/** Most amounts of a table. */
const MOST_AMOUNTS = 65_536;

export function hasSteps(spec: SeveritySpec): boolean {
  return spec.law === "constant" || (spec.law === "empirical" && spec.values.length <= MOST_AMOUNTS);
}

/** The steps of a law whose claims are thinned to `survival`; null for a law that has none, or too many. */
export function stepsOf(spec: SeveritySpec, survival: number): Steps | null {
  if (spec.law === "constant") return { thresholds: new Float64Array(0), amounts: Float64Array.of(spec.value) };
  if (spec.law !== "empirical" || spec.values.length > MOST_AMOUNTS) return null;
  const { values, weights } = spec;
  const atoms = values.map((value, i) => ({ value, weight: weights?.[i] ?? 1 })).filter(({ weight }) => weight > 0);
  atoms.sort((a, b) => a.value - b.value);
  const amounts = Float64Array.from(atoms, ({ value }) => value);
  const { before, after } = cumulative(atoms.map(({ weight }) => weight));
  const n = amounts.length;
  if (survival === 1) return { thresholds: before.slice(1, n), amounts };
  // Q(S · v) of the upper tail: the largest amount comes first, up to the tail beyond the one below it.
  const shares = after.slice(1, n).toReversed();
  const thresholds = shares.map((share) => share / survival).filter((share) => share < 1);
  return { thresholds, amounts: amounts.toReversed().slice(0, thresholds.length + 1) };
}
