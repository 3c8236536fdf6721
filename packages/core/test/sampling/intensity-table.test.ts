import { describe, expect, test } from "vitest";
import { checkPortfolio } from "../../src/portfolio/portfolio.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { type ClaimIntensity, claimIntensity, intensityRefusal } from "../../src/sampling/claim-intensity.ts";
import { intensityTable } from "../../src/sampling/intensity-table.ts";

const poisson = (lambda: number) => ({ law: "poisson", lambda });
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1.2 };

function planOf(policies: readonly object[]) {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, frequency: poisson(1), severity: lognormal, ...policy }));
  return makePlan(checkPortfolio({ name: "book", currency: "EUR", policies: whole }), { seed: "1", trials: 1 });
}

/** Claims a year of more than a, and their excess, by the laws themselves. */
function lawsSay({ parts, steps }: ClaimIntensity, a: number): { tail: number; excess: number } {
  const smooth = parts.filter(({ top }) => top > a);
  const above = steps.filter(({ at }) => at > a);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    tail: sum([...smooth.map(({ beyond }) => beyond(a)), ...above.map(({ mass }) => mass)]),
    excess: sum([...smooth.map(({ excess }) => excess(a)), ...above.map(({ at, mass }) => mass * (at - a))]),
  };
}

const limited = (limit: number, more: object = {}) => ({ occurrence: { limit, ...more } });
const books: Readonly<Record<string, readonly object[]>> = {
  "lognormal claims": [{}, { frequency: poisson(0.2), terms: { occurrence: { deductible: 500 }, insurerShare: 0.3 } }],
  "equal limits": [
    { terms: limited(20_000) },
    { severity: { law: "pareto", shape: 0.9, scale: 900 }, terms: { ...limited(40_000), insurerShare: 0.5 } },
    { severity: { law: "gamma", shape: 0.5, scale: 9000 }, terms: limited(25_000, { attachment: 1000 }) },
  ],
  "heavy tails": [{ severity: { law: "pareto", shape: 1.5, scale: 1000 } }],
  "no mean": [{ severity: { law: "pareto", shape: 0.9, scale: 1000 } }],
  kinks: [
    { severity: { law: "uniform", min: 100.7, max: 2000 }, terms: limited(1500, { deductible: 50 }) },
    { severity: { law: "singleParameterPareto", shape: 2.5, min: 700.3 } },
    { severity: { law: "histogram", edges: [0, 10, 500, 3000], weights: [1, 2, 1] }, terms: { insurerShare: 0.4 } },
  ],
  franchises: [
    { terms: limited(1e5, { deductible: 4000, deductibleKind: "franchise", attachment: 1000 }) },
    { terms: limited(2000, { deductible: 4000, deductibleKind: "franchise", attachment: 1000 }) },
  ],
  "sure amounts": [
    { severity: { law: "constant", value: 500 }, terms: limited(1e6, { deductible: 100 }) },
    { severity: { law: "empirical", values: [1, 400, 400, 9000], weights: [1, 1, 1, 0.01] } },
    { severity: { law: "empirical", values: [200, 700] }, terms: limited(400, { deductible: 300 }) },
  ],
  "narrow claims": [{ severity: { law: "lognormal", meanlog: 8, sdlog: 0.1 } }],
};

describe.each(Object.entries(books))("%s", (_, policies) => {
  const intensity = claimIntensity(planOf(policies));
  const table = intensityTable(intensity);
  const all = lawsSay(intensity, 0);
  const amounts = Array.from({ length: 700 }, (__, i) => 2 ** (-10 + i / 14));
  const kinks = intensity.parts.flatMap((part) => part.kinks);
  const nearKinks = kinks.flatMap((at) => [at, at * (1 - 1e-5), at * (1 + 1e-5), at * (1 + 1e-4)]);
  const edges = [...intensity.atoms.keys()].flatMap((at) => [at, at * (1 - 2 ** -52), at * (1 + 2 ** -52)]);

  test("has the tail and the excess of its laws, on both sides of every atom", () => {
    let worst = 0;
    for (const a of [0, ...amounts, ...edges, ...nearKinks]) {
      const { tail, excess } = lawsSay(intensity, a);
      if (tail > 1e-12 * all.tail) worst = Math.max(worst, Math.abs(table.tail(a) / tail - 1));
      if (tail === 0) expect(table.tail(a)).toBe(0);
      if (excess < Infinity && excess > 1e-9 * all.excess) {
        worst = Math.max(worst, Math.abs(table.excess(a) / excess - 1));
      }
    }
    expect(worst).toBeLessThan(2e-7);
  });

  test("has squares whose slope is −2 times the excess", () => {
    if (!table.hasMean) return;
    for (const a of [10, 100, 390, 1000, 3000].filter((one) => table.excess(one) > 1e-6 * all.excess)) {
      const step = a * 1e-3;
      const slope = (table.squares(a + step) - table.squares(a - step)) / (2 * step);
      if (Number.isFinite(slope)) expect(slope / (-2 * table.excess(a))).toBeCloseTo(1, 4);
    }
  });
});

test("atoms are the claims at limits and sure amounts, as kernels compute them", () => {
  const { atom, hasAtoms } = intensityTable(claimIntensity(planOf(books["sure amounts"])));
  expect(hasAtoms).toBe(true);
  expect(atom(400)).toBeCloseTo(1 + 2 / 3.01 + 0.5, 12);
  expect(atom(401)).toBe(0);
  expect(intensityTable(claimIntensity(planOf([{}]))).hasAtoms).toBe(false);
  expect(
    intensityTable(claimIntensity(planOf([{ terms: { ...limited(30), insurerShare: 0.1 } }]))).atom(0.1 * 30),
  ).toBeGreaterThan(0.9);
});

test("squares beyond a power tail are those of the power", () => {
  const table = intensityTable(claimIntensity(planOf([{ severity: { law: "pareto", shape: 3, scale: 1 } }])));
  // E[(X − a)²; X > a] = 2 (a + 1)² (a + 1)^−3 / ((3 − 1) (3 − 2)).
  expect(table.squares(100) * 101).toBeCloseTo(1, 3);
  expect(table.squares(1e6) * 1e6).toBeCloseTo(1, 3);
  expect(table.tail(1e7) * 1e21).toBeCloseTo(1, 5);
});

test("many atoms are found, however close", () => {
  const values = Array.from({ length: 4000 }, (_, i) => 1000 + i / 1000);
  const { tail } = intensityTable(claimIntensity(planOf([{ severity: { law: "empirical", values } }])));
  for (const i of [0, 1, 77, 2500, 3998]) expect(tail(values[i])).toBeCloseTo((3999 - i) / 4000, 10);
});

describe("books whose claims are no such process", () => {
  const atom = { law: "constant", value: 3 };
  test.each<[string, readonly object[], RegExp]>([
    ["none pays", [{ frequency: poisson(0) }, { terms: { insurerShare: 0 } }, { terms: limited(0) }], /no policy/u],
    ["terms of the year", [{ terms: { aggregate: { limit: 5 } } }], /terms of the year/u],
    ["other counts", [{}, { frequency: { law: "fixed", n: 1 } }], /Poisson counts/u],
    ["inflated counts", [{ frequency: { ...poisson(1), zeroInflated: 0.5 } }], /Poisson counts/u],
    ["a mixture", [{ severity: { law: "mixture", weights: [1, 1], components: [atom, lognormal] } }], /bits/u],
    [
      "a spliced law",
      [{ severity: { law: "spliced", weights: [1, 1], breaks: [5], components: [atom, lognormal] } }],
      /bits/u,
    ],
    ["a truncated one", [{ severity: { law: "truncated", upper: 5, of: atom } }], /bits/u],
  ])("%s", (_, policies, reason) => {
    expect(intensityRefusal(planOf(policies))).toMatch(reason);
  });

  test("what pays nothing may have any law", () => {
    const unpaid = { frequency: { law: "fixed", n: 1 }, terms: { insurerShare: 0 } };
    expect(intensityRefusal(planOf([{}, unpaid]))).toBeNull();
    expect(claimIntensity(planOf([{}, unpaid])).parts).toHaveLength(1);
  });
});
