import type { Policy } from "@lossmill/core";
import { LAMBDA, type Suite, type SuiteSize, policiesOf } from "./suite.ts";

/** Amounts are lognormal with a median of some 3,000. */
const TERMS: Readonly<Record<string, Policy["terms"]>> = {
  none: undefined,
  limit: { occurrence: { limit: 20_000 } },
  deductible: { occurrence: { deductible: 1000 } },
  "franchise deductible": { occurrence: { deductible: 1000, deductibleKind: "franchise" } },
  "excess layer": { occurrence: { attachment: 20_000, limit: 30_000 } },
  share: { insurerShare: 0.8 },
  "aggregate terms": { aggregate: { deductible: 1000, limit: 50_000 } },
  "all of them": {
    occurrence: { deductible: 1000, limit: 20_000 },
    aggregate: { deductible: 1000, limit: 50_000 },
    insurerShare: 0.8,
  },
};

export function terms({ trials }: SuiteSize): Suite {
  return {
    name: "terms",
    title: "100 policies, Poisson and lognormal, with one kind of terms",
    reference: "none",
    leftOut: [],
    cases: Object.entries(TERMS).map(([name, these]) => ({
      name,
      trials,
      policies: policiesOf(100, (factor) => ({
        frequency: { law: "poisson", lambda: LAMBDA },
        severity: { law: "lognormal", meanlog: 8 + Math.log(factor), sdlog: 1.2 },
        ...(these && { terms: these }),
      })),
    })),
  };
}
