import { type Line, type Plan, type SamplingMethod, addedClaims, isTiltable } from "@lossmill/core";
import { sumOf } from "@lossmill/core/math";

/** What a sampling does to a plan. */
export interface SamplingExplanation {
  readonly method: "plain" | SamplingMethod;
  /** Where the choice comes from. */
  readonly reason: string;
  /** The level whose tail importance sampling is for; else null. */
  readonly samplingLevel: number | null;
  /** What pilot runs took, in seconds. */
  readonly pilotSeconds: number;
  /** Claims that are added, on average, in a trial of odd number; null where the method adds none. */
  readonly addedClaims: number | null;
  /** Dimensions of the Sobol points, and independent sequences of them; else null. */
  readonly dimensions: number | null;
  readonly replicates: number | null;
  /** In the order of the plan's lines. */
  readonly lines: readonly LineSampling[];
}

/** What it does to a line. */
export interface LineSampling {
  readonly id: string;
  /** Of each copy's year, the count and so many claims are driven; 0 where nothing is. */
  readonly drivenClaims: number;
  /** The dimensions of all copies: the first, from 1, and how many; null where there are none. */
  readonly dimensions: { readonly first: number; readonly count: number } | null;
  /** Claims that are added, on average, in a trial of odd number. */
  readonly addedClaims: number;
  /** Whether the method does anything to it. */
  readonly isSampled: boolean;
  /** What, in words; or why nothing. */
  readonly what: string;
}

/** Explains the sampling of a plan that has one, or that of a plain one. */
export function explainSampling(plan: Plan, reason: string, pilotSeconds: number): SamplingExplanation {
  const { sampling } = plan;
  const lines = plan.lines.map((line) => explainLine(line, plan));
  const isTilted = sampling?.method === "importance";
  return {
    method: sampling?.method ?? "plain",
    reason,
    samplingLevel: isTilted ? (sampling.level ?? null) : null,
    pilotSeconds,
    addedClaims: isTilted ? addedClaims(plan, sampling.ratios) : null,
    dimensions: sampling?.method === "sobol" ? sumOf(lines, ({ dimensions }) => dimensions?.count ?? 0) : null,
    replicates: sampling?.method === "sobol" ? sampling.replicates : null,
    lines,
  };
}

function explainLine(line: Line, plan: Plan): LineSampling {
  const { id } = line;
  const none = { id, drivenClaims: 0, dimensions: null, addedClaims: 0, isSampled: false };
  switch (plan.sampling?.method) {
    case undefined:
      return { ...none, what: "plain" };
    case "control":
      return line.terms.insurerShare > 0
        ? { ...none, isSampled: true, what: "its payments are part of the controls" }
        : { ...none, what: "nothing: it pays no share" };
    case "conditional":
      return { ...none, isSampled: true, what: "its claim is integrated out where it is the largest of a year" };
    case "importance":
      return tiltedLine(line, plan, plan.sampling.ratios);
    default:
      return drivenLine(line, plan);
  }
}

function tiltedLine(line: Line, plan: Plan, ratios: readonly number[]): LineSampling {
  const { id, tilt } = line;
  const none = { id, drivenClaims: 0, dimensions: null };
  if (tilt === undefined) {
    return { ...none, addedClaims: 0, isSampled: false, what: `nothing: ${whyNotTilted(line)}` };
  }
  const added = addedClaims({ ...plan, lines: [line] }, ratios);
  const what =
    added === 0
      ? "its claims are larger in a year of odd number"
      : `${Number(added.toPrecision(3))} of its largest claims added in a year of odd number`;
  return { ...none, addedClaims: added, isSampled: true, what };
}

function whyNotTilted(line: Line): string {
  if (line.terms.insurerShare === 0) return "it pays no share";
  if (!isTiltable(line)) return "its counts are of a law that is not tilted";
  return "none of its claims leads to the tail";
}

function drivenLine({ id, driven, copies }: Line, { sampling }: Plan): LineSampling {
  const none = { id, addedClaims: 0 };
  if (driven === undefined) {
    const more = sampling?.method === "sobol" ? ", or it has too many copies" : "";
    const what = `nothing: a count a trial would cost more draws than the plan has to spare${more}`;
    return { ...none, drivenClaims: 0, dimensions: null, isSampled: false, what };
  }
  const { claims, dimension } = driven;
  const count = copies * (1 + claims);
  const dimensions = sampling?.method === "sobol" ? { first: dimension + 1, count } : null;
  const drawn =
    claims === 0
      ? "the count of a year"
      : `the count and the first ${claims === 1 ? "claim" : `${claims} claims`} of a year`;
  const last = dimension + count;
  const where =
    dimensions === null ? "" : count === 1 ? `: dimension ${last}` : `: dimensions ${dimensions.first} to ${last}`;
  return { ...none, drivenClaims: claims, dimensions, isSampled: true, what: `${drawn}${where}` };
}
