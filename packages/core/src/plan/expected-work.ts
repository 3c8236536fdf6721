import { sumOf } from "../math/fold.ts";
import { TRIALS_PER_WORD } from "../random/pcg64.ts";
import { BLOCK_TRIALS, blockCount } from "./block.ts";
import { Reaches, shareOf } from "./curves/law-curves.ts";
import { partOf } from "./curves/reach.ts";
import { hasCurve, quantileTableCount } from "./curves/severity-tables.ts";
import { clustersOfLine, drawnLaw, drawnMean, isPlainPoisson } from "./line-tables.ts";
import type { Line, Plan } from "./plan.ts";

/** What a run of a plan has to do, counted before it is compiled: what its time is predicted from. */
export interface Work {
  /** Lines to compile. */
  readonly lines: number;
  /** Severity laws that are compiled to a curve, each by the part of it that is made, and severities that are compiled to a quantile table. */
  readonly curves: number;
  readonly tables: number;
  readonly trials: number;
  readonly blocks: number;
  /** Copies of lines over all blocks: each is begun anew in each block. */
  readonly lineBlocks: number;
  /** Of these, those whose years have to be looked at one by one for their aggregate terms. */
  readonly aggregateBlocks: number;
  /** Uniforms and words expected to be drawn for where and how often claims happen. */
  readonly placements: number;
  /** Claims expected to be drawn. */
  readonly claims: number;
}

/**
 * The work of so many trials of a plan: by default its own, or the horizon of an endless one. Quick, and so in part only
 * nearly the expectation (`expectedDraws` is the exact one): it is asked for before every run.
 */
export function expectedWork(plan: Plan, trials: number = plan.trials ?? plan.horizon): Work {
  const { lines } = plan;
  const blocks = blockCount(trials);
  const sums = { copies: 0, aggregates: 0, placements: 0, claims: 0 };
  for (const line of lines) {
    const { copies } = line;
    const { placements, claims } = drawsOf(line, trials, blocks);
    sums.copies += copies;
    sums.placements += copies * placements;
    sums.claims += copies * claims;
    if (hasAggregateTerms(line)) sums.aggregates += copies;
  }
  return {
    lines: lines.length,
    curves: curvesOf(plan),
    tables: quantileTableCount(plan),
    trials,
    blocks,
    lineBlocks: sums.copies * blocks,
    aggregateBlocks: sums.aggregates * blocks,
    placements: sums.placements,
    claims: sums.claims,
  };
}

function curvesOf({ lines, horizon }: Plan): number {
  const curved = lines.filter(hasCurve);
  const reaches = new Reaches(curved, horizon);
  const parts = new Map<string, number>();
  for (const { severity, survival } of curved) {
    parts.set(JSON.stringify(severity), partOf(reaches.of(severity, shareOf(survival))));
  }
  return sumOf([...parts.values()]);
}

/** What one copy of a line draws. Scattered lines draw whole blocks, the others stop at the last trial. */
function drawsOf(line: Line, trials: number, blocks: number): { readonly placements: number; readonly claims: number } {
  const mean = drawnMean(line);
  if (line.placement === "perTrial") return { placements: trials, claims: mean * trials };
  if (line.placement === "skip") {
    return { placements: blocks + 2 * drawnLaw(line).survival(0) * trials, claims: mean * trials };
  }
  const { rate, size } = isPlainPoisson(line) ? { rate: mean, size: null } : clustersOfLine(line);
  const clusters = rate * BLOCK_TRIALS;
  // Of C clusters ⌈C / 5⌉: C / 5 and 0.4 of many, C of few.
  const words = clusters / TRIALS_PER_WORD + (0.8 * clusters) / (1 + 2 * clusters);
  return {
    placements: blocks * (1 + words + (size === null ? 0 : clusters)),
    claims: blocks * BLOCK_TRIALS * mean,
  };
}

function hasAggregateTerms({ terms }: Line): boolean {
  return terms.aggregateDeductible > 0 || terms.aggregateLimit !== null;
}
