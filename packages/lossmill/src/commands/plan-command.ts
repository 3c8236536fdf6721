import { type ResolvedConfig, definePlan, explainPlan } from "@lossmill/core";
import { planText } from "../print/plan-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** `lossmill plan FILE`: what will be simulated, how it was rewritten, and what it costs. Returns the exit code. */
export function planCommand(path: string, config: ResolvedConfig, json: boolean): number {
  const { seed, trials, horizon, optimizationLevel } = config;
  const explanation = explainPlan(definePlan(readPortfolio(path), { seed, trials, horizon }), optimizationLevel);
  const text = json ? JSON.stringify(explanation, null, 2) : planText(explanation, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
