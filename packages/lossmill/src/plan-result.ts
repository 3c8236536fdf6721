import {
  type PlanExplanation,
  type Portfolio,
  type ResolvedConfig,
  compile,
  definePlan,
  explainPlan,
  rewritePlan,
} from "@lossmill/core";

/** A plan, what became of the book's policies, and what planning took. */
export interface PlanResult extends PlanExplanation {
  /** From a checked book to a plan and its tables. */
  readonly planningSeconds: number;
  /** The size of the plan as JSON text. */
  readonly planBytes: number;
  /** The size of the compiled plan, which all workers share. */
  readonly tableBytes: number;
}

/** Plans a checked portfolio and explains it. Throws BAD_PLAN where streams or blocks would leave 32 bits. */
export function planResult(portfolio: Portfolio, config: ResolvedConfig): PlanResult {
  const { seed, trials, horizon, optimizationLevel } = config;
  const begun = performance.now();
  const definition = definePlan(portfolio, { seed, trials, horizon });
  const plan = rewritePlan(definition, optimizationLevel);
  const tableBytes = compile(plan).buffer.byteLength;
  const planningSeconds = (performance.now() - begun) / 1000;
  const planBytes = new TextEncoder().encode(JSON.stringify(plan)).length;
  return { ...explainPlan(definition, optimizationLevel), planningSeconds, planBytes, tableBytes };
}
