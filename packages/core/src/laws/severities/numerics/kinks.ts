import type { Severity } from "../../law.ts";

/** A severity that knows the points inside its support where its density jumps, bends or is an atom. */
export interface PiecewiseSeverity extends Severity {
  readonly kinks: readonly number[];
}

/** Where an integral over the law should be split: its kinks and the finite ends of its support. */
export function kinksOf(law: Severity): number[] {
  const inside = "kinks" in law ? (law as PiecewiseSeverity).kinks : [];
  return [law.lower, ...inside, law.upper].filter((x) => Math.abs(x) < Infinity);
}
