import { type ResolvedConfig, explainPlan, makePlan } from "@lossmill/core";
import { planText } from "../print/plan-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** `lossmill plan FILE`: what would be simulated, and what it costs. Returns the exit code. */
export function planCommand(path: string, config: ResolvedConfig, json: boolean): number {
  const { seed, trials, horizon } = config;
  const plan = makePlan(readPortfolio(path), { seed, trials, horizon });
  const explanation = explainPlan(plan);
  const text = json
    ? JSON.stringify({ plan, ...explanation }, null, 2)
    : planText(plan, explanation, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
