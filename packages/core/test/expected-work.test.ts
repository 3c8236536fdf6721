import { expect, test } from "vitest";
import { FORM, SEVERITY, checkPortfolio, compile, expectedDraws, expectedWork, makePlan } from "../src/index.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;
const kinds = {
  scatter: { frequency: { law: "poisson", lambda: 0.3 }, severity: lognormal },
  "scatter of few": { frequency: { law: "poisson", lambda: 1e-4 }, severity: lognormal },
  clusters: { frequency: { law: "negativeBinomial", size: 2, prob: 0.7 }, severity: lognormal },
  skip: { frequency: { law: "binomial", size: 3, prob: 0.05 }, severity: lognormal },
  perTrial: { frequency: { law: "binomial", size: 4, prob: 0.4 }, severity: lognormal },
  thinned: {
    frequency: { law: "poisson", lambda: 2 },
    severity: lognormal,
    terms: { occurrence: { deductible: 20_000 } },
  },
  inflated: { frequency: { law: "poisson", lambda: 2, zeroInflated: 0.2 }, severity: lognormal },
} as const;

const planOf = (policies: readonly object[], trials: number | null) =>
  makePlan(checkPortfolio({ name: "book", policies }), { trials, seed: "1" });

test.each(Object.entries(kinds))(
  "%s: what is expected to be drawn, nearly as told by its exact expectation",
  (id, kind) => {
    const plan = planOf(
      [{ id, copies: 7, ...kind, terms: { aggregate: { limit: 1e9 }, ...("terms" in kind && kind.terms) } }],
      10_000,
    );
    const { placements, claims, ...work } = expectedWork(plan);
    const [line] = plan.lines;
    const exact = 2 * expectedDraws(line) + expectedDraws(line, 10_000 - 8192);
    expect(Math.abs((placements + claims) / exact - 1)).toBeLessThan(0.05);
    expect(work).toMatchObject({ lines: 1, blocks: 3, lineBlocks: 21, trials: 10_000, curves: 0 });
    expect(work.settled).toBe(Math.min(claims, 21 * 4096));
  },
);

test("curves and tables are those that are compiled", () => {
  const policies = [
    { id: "a", ...kinds.scatter },
    { id: "b", ...kinds.perTrial, severity: { law: "gamma", shape: 2, scale: 9 } },
    { id: "c", ...kinds.scatter, severity: { law: "gamma", shape: 3, scale: 9 } },
    { id: "d", frequency: { law: "poisson", lambda: 30 }, severity: { law: "weibull", shape: 2, scale: 9 } },
    { id: "e", ...kinds.scatter, severity: { law: "constant", value: 9 } },
  ];
  // In a plan of few lines a table is made for fewer claims.
  const few = planOf(policies, 1_000_000);
  expect(expectedWork(few)).toMatchObject({ curves: 3, tables: 4 });
  const idle = Array.from({ length: 12 }, (_, i) => ({
    ...policies[4],
    id: `idle ${i}`,
    terms: { insurerShare: i / 20 },
  }));
  const plan = planOf([...policies, ...idle], 1_000_000);
  const { severities } = compile(plan);
  const forms = plan.lines.map((_, i) => severities[i * SEVERITY.fields + SEVERITY.form]);
  expect(forms.filter((form) => form === FORM.quantile)).toHaveLength(2);
  const { curves, tables } = expectedWork(plan);
  expect(tables).toBe(2);
  // The gamma law of few claims is made in part.
  expect(curves).toBeGreaterThan(2.3);
  expect(curves).toBeLessThan(2.9);
});

test("laws that differ in their scale alone are one curve", () => {
  const curvesOf = (scale: number) =>
    expectedWork(
      planOf(
        [9, scale].map((one, i) => ({
          id: `${i}`,
          ...kinds.scatter,
          severity: { law: "gamma", shape: 2, scale: one },
        })),
        1_000_000,
      ),
    ).curves;
  expect(curvesOf(90)).toBe(curvesOf(9));
});

test("curves are counted by the part of them that is made", () => {
  const policies = [2, 3, 4].map((shape) => ({
    id: `${shape}`,
    frequency: { law: "poisson", lambda: 0.01 * shape },
    severity: { law: "weibull", shape, scale: 9 },
  }));
  const plan = planOf(policies, 1000);
  const compiled = compile(plan);
  let made = 0;
  for (const [i] of plan.lines.entries()) {
    const start = compiled.severities[i * SEVERITY.fields + SEVERITY.start];
    for (let row = 0; row < 69; row++) made += Number(!Number.isNaN(compiled.curves[start + row * 8]));
  }
  expect(made).toBeLessThan(3 * 25);
  expect(Math.abs((expectedWork(plan).curves * 68) / (made - 3) - 1)).toBeLessThan(0.1);
});

test("kinds of law are counted once, and within each other", () => {
  const gamma = { law: "gamma", shape: 2, scale: 9 };
  const weibull = { law: "weibull", shape: 2, scale: 9 };
  const policies = [
    { id: "a", ...kinds.scatter },
    { id: "b", ...kinds.scatter, severity: gamma },
    { id: "c", ...kinds.scatter, severity: { ...gamma, shape: 3 } },
    { id: "d", ...kinds.scatter, severity: { law: "mixture", weights: [1, 1], components: [gamma, lognormal] } },
    { id: "e", ...kinds.scatter, severity: { law: "truncated", of: weibull, upper: 20 } },
  ];
  // gamma, mixture, lognormal within it, truncated, weibull: the lognormal law by itself has no curve.
  expect(expectedWork(planOf(policies, 1000)).kinds).toBe(5);
  expect(expectedWork(planOf(policies.slice(0, 1), 1000))).toMatchObject({ kinds: 0, curves: 0 });
});

test("of an endless plan it is that of its horizon, or of as many trials as are asked about", () => {
  const plan = planOf([{ id: "a", ...kinds.scatter }], null);
  expect(expectedWork(plan)).toMatchObject({ trials: plan.horizon, blocks: 256 });
  expect(expectedWork(plan, 4097)).toMatchObject({ trials: 4097, blocks: 2 });
});
