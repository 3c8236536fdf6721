import { countLaw } from "../laws/counts/index.ts";
import { sumOf } from "../math/fold.ts";
import { BLOCK_TRIALS, blockCount } from "./block.ts";
import { expectedDraws } from "./expected-draws.ts";
import { drawnLaw } from "./line-tables.ts";
import type { Line, OptimizationLevel, Placement, Plan } from "./plan.ts";
import { mergeGroups, mergeRefusal } from "./rewrites/merge.ts";
import { placeReason } from "./rewrites/place.ts";
import { rewritePlan } from "./rewrites/rewrite-plan.ts";
import { thinReason } from "./rewrites/thin.ts";

/** What one line of the rewritten plan stands for, costs, and why it is as it is. */
export interface LineExplanation {
  readonly id: string;
  /** Policies of the book, copies counted, that the line stands for. */
  readonly policies: number;
  /** Of those, how many are simulated one by one. */
  readonly copies: number;
  readonly placement: Placement;
  /** Expected ground-up claims a trial, over all copies. */
  readonly claims: number;
  /** Of those, what is drawn: the claims that can pay, where the line is thinned. */
  readonly drawnClaims: number;
  /** Expected draws a block of 4,096 trials: of its policies at level 0, and of the line. */
  readonly drawsBefore: number;
  readonly draws: number;
  /** What each rewrite did, or why it did not. */
  readonly merge: string;
  readonly thin: string;
  readonly place: string;
}

export interface PlanExplanation {
  readonly plan: Plan;
  readonly lines: readonly LineExplanation[];
  /** Lines, policies and expected ground-up claims a trial of the whole book. */
  readonly policies: number;
  readonly claims: number;
  readonly drawnClaims: number;
  /** Expected draws a block of 4,096 trials, at level 0 and now. */
  readonly drawsBefore: number;
  readonly draws: number;
  /** Expected draws of the whole run; null where it is endless. */
  readonly runDraws: number | null;
  /** How many times as many draws that is as the run's share of whole blocks: scattered lines end with a whole block. */
  readonly wholeBlockFactor: number | null;
}

/**
 * Rewrites a plan of level 0 and says what became of it: `lossmill plan`. `sampled` is the rewritten plan with a sampling, where
 * it is to have one: draws are then those of the sampled lines, claims those of their laws.
 */
export function explainPlan(definition: Plan, level: OptimizationLevel, sampled?: Plan): PlanExplanation {
  const rewritten = rewritePlan(definition, level);
  const plan = sampled ?? rewritten;
  const groups = level >= 1 ? mergeGroups(definition) : definition.lines.map((_, i) => [i]);
  const byPolicy = plan.outputs.includes("byPolicy");
  const alike = new Map<string, number>();
  for (const line of definition.lines) alike.set(kindOf(line), (alike.get(kindOf(line)) ?? 0) + 1);
  const lines = rewritten.lines.map((line, i) => ({
    ...explainLine(
      line,
      groups[i].map((member) => definition.lines[member]),
      level,
      { byPolicy, hasLike: alike.get(kindOf(line))! > groups[i].length },
    ),
    ...(sampled && sampledLine(sampled.lines[i], line)),
  }));
  const total = (of: (line: LineExplanation) => number) => sumOf(lines, (line) => of(line));
  const draws = total((line) => line.draws);
  return {
    plan,
    lines,
    policies: total((line) => line.policies),
    claims: total((line) => line.claims),
    drawnClaims: total((line) => line.drawnClaims),
    drawsBefore: total((line) => line.drawsBefore),
    draws,
    ...runCost(plan, draws),
  };
}

function kindOf({ severity, terms }: Line): string {
  return JSON.stringify([severity, terms]);
}

function runCost({ trials, lines }: Plan, draws: number): Pick<PlanExplanation, "runDraws" | "wholeBlockFactor"> {
  if (trials === null) return { runDraws: null, wholeBlockFactor: null };
  const last = trials - (blockCount(trials) - 1) * BLOCK_TRIALS;
  const lastDraws = sumOf(lines, (line) => expectedDraws(line, last));
  const runDraws = (blockCount(trials) - 1) * draws + lastDraws;
  return { runDraws, wholeBlockFactor: runDraws / ((draws * trials) / BLOCK_TRIALS) };
}

/** What a line could have been merged with. */
interface Company {
  readonly byPolicy: boolean;
  /** Whether another policy has its severity and terms. */
  readonly hasLike: boolean;
}

function explainLine(
  line: Line,
  members: readonly Line[],
  level: OptimizationLevel,
  company: Company,
): LineExplanation {
  const { id, policies, copies, placement, frequency } = line;
  return {
    id,
    policies,
    copies,
    placement,
    claims: copies * countLaw(frequency).mean,
    drawnClaims: copies * drawnLaw(line).mean,
    drawsBefore: sumOf(members, (member) => expectedDraws(member)),
    draws: expectedDraws(line),
    merge: level >= 1 ? mergeReason(line, members, company) : notAt(level),
    thin: level >= 3 ? thinReason(line) : notAt(level),
    place: level >= 2 ? placeReason(line) : notAt(level),
  };
}

/** What a sampling changes of a rewritten line. */
function sampledLine(line: Line, rewritten: Line): Partial<LineExplanation> {
  const { placement } = line;
  const why =
    placement === "perTrial" ? "its sampling needs a count a year" : "its sampling scatters the claims it adds";
  return { placement, draws: expectedDraws(line), ...(placement !== rewritten.placement && { place: why }) };
}

function notAt(level: OptimizationLevel): string {
  return `not at level ${level}`;
}

function mergeReason(line: Line, [first]: readonly Line[], { byPolicy, hasLike }: Company): string {
  if (line.policies > line.copies) return `${first.frequency.law} counts add up`;
  const refusal = mergeRefusal(line);
  if (refusal !== null && (line.copies > 1 || hasLike)) return refusal;
  return byPolicy && hasLike ? "losses by policy are asked for" : "no other has its severity and terms";
}
