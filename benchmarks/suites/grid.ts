import { LAMBDA, type Suite, type SuiteSize, policiesOf } from "./suite.ts";

const POLICIES = [10, 100, 1000, 10_000] as const;
const TRIALS = [1000, 10_000, 100_000, 1_000_000] as const;

/** How time grows with the book and with the run; what has more claims than the budget is left out, and said to be. */
export function grid({ budget }: SuiteSize): Suite {
  const cells = POLICIES.flatMap((policies) => TRIALS.map((trials) => ({ policies, trials })));
  const isWithin = ({ policies, trials }: (typeof cells)[number]) => policies * LAMBDA * trials <= budget;
  return {
    name: "grid",
    title: "policies × trials, Poisson and lognormal, deductible and limit",
    leftOut: cells
      .filter((cell) => !isWithin(cell))
      .map((cell) => `${nameOf(cell)}: ${grouped(cell.policies * LAMBDA * cell.trials)} claims`),
    cases: cells.filter(isWithin).map((cell) => ({
      name: nameOf(cell),
      trials: cell.trials,
      policies: policiesOf(cell.policies, (factor) => ({
        frequency: { law: "poisson", lambda: LAMBDA },
        severity: { law: "lognormal", meanlog: 8 + Math.log(factor), sdlog: 1.2 },
        terms: { occurrence: { deductible: 1000, limit: 100_000 } },
      })),
    })),
  };
}

function nameOf({ policies, trials }: { policies: number; trials: number }): string {
  return `${grouped(policies)} × ${grouped(trials)}`;
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}
