import type { SeveritySpec } from "../laws/severities/index.ts";
import { sumOf } from "../math/fold.ts";
import { TRIALS_PER_WORD } from "../random/generator.ts";
import { BLOCK_TRIALS, blockCount } from "./block.ts";
import { curvedLaw, shareOf } from "./curves/law-curves.ts";
import { partOf } from "./curves/reach.ts";
import { hasCurve, quantileTableCount, reachesOf } from "./curves/severity-tables.ts";
import { clustersOfLine, drawnLaw, drawnMean, isPlainPoisson } from "./line-tables.ts";
import type { Line, Plan } from "./plan.ts";

/** What a run of a plan has to do, counted before it is compiled: what its time is predicted from. */
export interface Work {
  /** Lines to compile. */
  readonly lines: number;
  /** Kinds of law that curves are made of: `gamma`, `mixture` and whatever it mixes. Each has code of its own that starts cold. */
  readonly kinds: number;
  /** Severity laws that are compiled to a curve, each by the part of it that is made, and severities that are compiled to a quantile table. */
  readonly curves: number;
  readonly tables: number;
  readonly trials: number;
  readonly blocks: number;
  /** Copies of lines over all blocks: each is begun anew in each block. */
  readonly lineBlocks: number;
  /** Sums of a trial expected to go through aggregate terms: one a claim of such lines, as long as a block has fewer than trials. */
  readonly settled: number;
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
  const sums = { copies: 0, settled: 0, placements: 0, claims: 0 };
  for (const line of lines) {
    const { copies } = line;
    const { placements, claims } = drawsOf(line, trials, blocks);
    sums.copies += copies;
    sums.placements += copies * placements;
    sums.claims += copies * claims;
    if (hasAggregateTerms(line)) sums.settled += copies * Math.min(claims, blocks * BLOCK_TRIALS);
  }
  return {
    lines: lines.length,
    ...curvesOf(plan),
    tables: quantileTableCount(plan),
    trials,
    blocks,
    lineBlocks: sums.copies * blocks,
    settled: sums.settled,
    placements: sums.placements,
    claims: sums.claims,
  };
}

function curvesOf(plan: Plan): Pick<Work, "kinds" | "curves"> {
  const curved = plan.lines.filter(hasCurve);
  const reaches = reachesOf(plan);
  const parts = new Map<string, number>();
  const kinds = new Set<string>();
  for (const { severity, survival } of curved) {
    addKinds(severity, kinds);
    parts.set(JSON.stringify(curvedLaw(severity)), partOf(reaches.of(severity, shareOf(survival))));
  }
  return { kinds: kinds.size, curves: sumOf([...parts.values()]) };
}

function addKinds(severity: SeveritySpec, kinds: Set<string>): void {
  kinds.add(severity.law);
  if ("of" in severity) addKinds(severity.of, kinds);
  if ("components" in severity) for (const component of severity.components) addKinds(component, kinds);
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
