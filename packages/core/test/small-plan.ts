import { type Plan, makePlan } from "../src/index.ts";

/** A plan of two policies for tests in which a kernel of their own makes the losses. */
export function smallPlan(trials: number | null, outputs?: Plan["outputs"], horizon?: number): Plan {
  const frequency = { law: "poisson", lambda: 1 } as const;
  const severity = { law: "constant", value: 1 } as const;
  const policies = ["a", "b"].map((id) => ({ id, copies: 1, frequency, severity }));
  const options = { seed: "1", trials, outputs, horizon, optimizationLevel: 0 } as const;
  return makePlan({ name: "x", currency: "EUR", policies }, options);
}
