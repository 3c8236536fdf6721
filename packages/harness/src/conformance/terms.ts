import { type Output, checkPortfolio, makePlan } from "@lossmill/core";
import { frozen, withSupported } from "./book.ts";
import { same } from "./mismatch.ts";
import { RECORDED_AGREEMENT, checkAmount } from "./record.ts";
import type { Suite } from "./suite.ts";

/** Terms worked by hand: claims of a year, amount of each, terms; total, largest claim, paying claims. */
const WORKED: readonly (readonly [number, number, object, number, number, number])[] = [
  [2, 100, {}, 200, 100, 2],
  [3, 100, { occurrence: { deductible: 30 } }, 210, 70, 3],
  [3, 100, { occurrence: { deductible: 100 } }, 0, 0, 0],
  [3, 100, { occurrence: { deductible: 30, limit: 50 } }, 150, 50, 3],
  [3, 100, { occurrence: { limit: 0 } }, 0, 0, 0],
  [3, 100, { occurrence: { deductible: 10, attachment: 40, limit: 20 } }, 60, 20, 3],
  [3, 100, { occurrence: { deductible: 10, attachment: 95 } }, 0, 0, 0],
  [3, 100, { occurrence: { deductible: 99, deductibleKind: "franchise" } }, 300, 100, 3],
  [3, 100, { occurrence: { deductible: 100, deductibleKind: "franchise" } }, 0, 0, 0],
  [3, 100, { occurrence: { deductible: 50, deductibleKind: "franchise", attachment: 60, limit: 25 } }, 75, 25, 3],
  [3, 100, { aggregate: { deductible: 120 } }, 180, 100, 3],
  [3, 100, { aggregate: { limit: 250 } }, 250, 100, 3],
  [3, 100, { aggregate: { deductible: 120, limit: 100 } }, 100, 100, 3],
  [3, 100, { aggregate: { limit: 0 } }, 0, 100, 3],
  [3, 100, { insurerShare: 0.5 }, 150, 50, 3],
  [3, 100, { insurerShare: 0 }, 0, 0, 3],
  [3, 100, { occurrence: { deductible: 10 }, aggregate: { deductible: 70, limit: 150 }, insurerShare: 0.5 }, 75, 45, 3],
  [0, 100, {}, 0, 0, 0],
];

const constant = (value: number) => ({ law: "constant", value });
const fixed = (n: number) => ({ law: "fixed", n });

/** The order of a policy's terms (docs/portfolio.md), on amounts that need no random number. */
export function terms(suite: Suite): void {
  const { test, skip, backend } = suite;
  if (!backend.supports.placements.includes("perTrial")) {
    skip("worked by hand", "no placement perTrial");
    return;
  }
  for (const [n, value, given, total, maxOccurrence, claims] of WORKED) {
    test(`${n} claims of ${value} with ${JSON.stringify(given)}`, () =>
      checkYear(suite, [{ frequency: fixed(n), severity: constant(value), terms: given }], {
        total,
        maxOccurrence,
        claims,
      }));
  }
  test("an aggregate term applies to each copy on its own", () =>
    checkYear(
      suite,
      [{ copies: 2, frequency: fixed(2), severity: constant(100), terms: { aggregate: { deductible: 150 } } }],
      { total: 100, maxOccurrence: 100, claims: 4 },
    ));
  const two = [
    { frequency: fixed(2), severity: constant(10), terms: { aggregate: { limit: 15 } } },
    { copies: 3, frequency: fixed(1), severity: constant(4), terms: { insurerShare: 0.5 } },
  ];
  test("policies add up, with aggregate terms and without", () =>
    checkYear(suite, two, { total: 21, maxOccurrence: 10, claims: 5 }));
  const byPolicy = "policy by policy, with aggregate terms and without";
  if (!backend.supports.outputs.includes("byPolicy")) skip(byPolicy, "no output byPolicy");
  else test(byPolicy, () => checkYear(suite, two, { total: 21, maxOccurrence: 10, claims: 5, byPolicy: [15, 6] }));
}

interface Year {
  readonly total: number;
  readonly maxOccurrence: number;
  readonly claims: number;
  readonly byPolicy?: readonly number[];
}

/** Every trial is this year. */
async function checkYear({ backend, run }: Suite, policies: readonly object[], year: Year): Promise<void> {
  const outputs = Object.keys(year) as Output[];
  const portfolio = checkPortfolio({
    name: "terms",
    policies: policies.map((policy, i) => ({ id: `p${i}`, ...policy })),
  });
  const definition = makePlan(portfolio, { trials: 2, seed: "1", outputs, optimizationLevel: 0 });
  const plan = frozen(withSupported(definition, backend.supports));
  const { losses } = await run(plan);
  const promised = Math.max(backend.agreement, RECORDED_AGREEMENT) * 300;
  for (const t of [0, 1]) {
    for (const output of ["total", "maxOccurrence"] as const) {
      if (plan.outputs.includes(output))
        checkAmount(`${output}, trial ${t}`, year[output], losses[output][t], promised);
    }
    if (plan.outputs.includes("claims")) same(`claims, trial ${t}`, year.claims, losses.claims[t]);
    year.byPolicy?.forEach((due, i) => {
      checkAmount(`byPolicy, line ${i}, trial ${t}`, due, losses.byPolicy?.[i]?.[t] ?? NaN, promised);
    });
  }
}
