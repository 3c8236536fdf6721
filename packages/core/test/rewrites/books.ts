import { type Output, type Plan, type Policy, definePlan } from "../../src/index.ts";

export const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;
export const poisson = { law: "poisson", lambda: 0.3 } as const;

/** The level-0 plan of policies that differ from a plain one as told. */
export function planOf(policies: readonly Partial<Policy>[], outputs?: readonly Output[]): Plan {
  const whole = policies.map((policy, i) => ({
    id: `p${i}`,
    copies: 1,
    frequency: poisson,
    severity: lognormal,
    ...policy,
  }));
  return definePlan({ name: "book", currency: "EUR", policies: whole }, { seed: "1", trials: 10_000, outputs });
}
