import {
  type PlanExplanation,
  type ResolvedConfig,
  compile,
  definePlan,
  explainPlan,
  rewritePlan,
} from "@lossmill/core";
import { planText } from "../print/plan-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** What planning takes: seconds from a checked book to a plan and its tables, and the size of both. */
export interface PlanningCost {
  readonly planningSeconds: number;
  /** Of the plan as JSON text. */
  readonly planBytes: number;
  /** Of the compiled plan, shared by all workers. */
  readonly tableBytes: number;
}

/** `lossmill plan FILE`: what will be simulated, how it was rewritten, and what it costs. Returns the exit code. */
export function planCommand(path: string, config: ResolvedConfig, json: boolean): number {
  const { seed, trials, horizon, optimizationLevel } = config;
  const portfolio = readPortfolio(path);
  const begun = performance.now();
  const definition = definePlan(portfolio, { seed, trials, horizon });
  const plan = rewritePlan(definition, optimizationLevel);
  const tableBytes = compile(plan).buffer.byteLength;
  const planningSeconds = (performance.now() - begun) / 1000;

  const planBytes = Buffer.byteLength(JSON.stringify(plan));
  const explained: PlanExplanation & PlanningCost = {
    ...explainPlan(definition, optimizationLevel),
    planningSeconds,
    planBytes,
    tableBytes,
  };
  const text = json ? JSON.stringify(explained, null, 2) : planText(explained, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
