import { countLaw } from "../laws/counts/index.ts";
import { BLOCK_TRIALS } from "./block.ts";
import type { Line, Plan } from "./plan.ts";

/** What one line is expected to cost, over all its copies. */
export interface LineCost {
  readonly id: string;
  /** Expected ground-up claims a trial. */
  readonly claims: number;
  /** Expected uniforms drawn a block of 4,096 trials. */
  readonly drawsPerBlock: number;
}

export interface PlanExplanation {
  readonly lines: readonly LineCost[];
  readonly claims: number;
  readonly drawsPerBlock: number;
}

/** What a plan's lines cost: placed trial by trial, a copy draws one uniform a trial and one a claim. */
export function explainPlan(plan: Plan): PlanExplanation {
  const lines = plan.lines.map(costOf);
  return {
    lines,
    claims: lines.reduce((sum, line) => sum + line.claims, 0),
    drawsPerBlock: lines.reduce((sum, line) => sum + line.drawsPerBlock, 0),
  };
}

function costOf({ id, copies, frequency }: Line): LineCost {
  const claims = copies * countLaw(frequency).mean;
  return { id, claims, drawsPerBlock: BLOCK_TRIALS * (copies + claims) };
}
