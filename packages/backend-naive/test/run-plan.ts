import { type OptimizationLevel, type Plan, checkPortfolio, collect, definePlan, rewritePlan } from "@lossmill/core";
import { backend } from "../src/index.ts";

/** Policies as a portfolio would have them, ids and copies left out. */
export function planOf(policies: readonly object[], trials: number, seed = "1"): Plan {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  return definePlan(checkPortfolio({ name: "book", policies: whole }), { seed, trials });
}

/** Runs a plan as it is. */
export async function runPlan(plan: Plan) {
  await using simulator = await backend.open();
  return await collect(plan, simulator.simulate(plan));
}

export async function runAt(policies: readonly object[], level: OptimizationLevel, trials: number, seed = "1") {
  return await runPlan(rewritePlan(planOf(policies, trials, seed), level));
}

/** Mean, its standard error, and variance of a sample. */
export function momentsOf(values: Float64Array) {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { n, mean, variance, se: Math.sqrt(variance / n) };
}
