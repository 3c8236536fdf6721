import { type PlanOptions, definePlan, makePlan } from "../../src/plan/make-plan.ts";
import type { Line, Plan } from "../../src/plan/plan.ts";
import { checkPortfolio } from "../../src/portfolio/portfolio.ts";

const SEED = "20270101";

/** The plan of policies, which need no ids; of 4,096 trials and level 3 unless told. */
export function planOf(policies: readonly object[], options: Partial<PlanOptions> = {}): Plan {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  return makePlan(checkPortfolio({ name: "book", policies: whole }), { seed: SEED, trials: 4096, ...options });
}

/** The line of one policy as it is defined: all its claims are drawn. */
export function lineOf(policy: object): Line {
  const portfolio = checkPortfolio({ name: "book", policies: [{ id: "p", ...policy }] });
  return definePlan(portfolio, { seed: SEED, trials: 1 }).lines[0];
}

export const poisson = (lambda: number) => ({ law: "poisson", lambda });
/** S(x) = (1 + x / 1000)^-2 and S(x) = e^(-x / 1000). */
export const pareto = { law: "pareto", shape: 2, scale: 1000 };
export const exponential = { law: "exponential", scale: 1000 };
