// Means against mpmath's, against those that the books of fixtures/ come with, and against themselves, sampled.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readVectors, type ReferencePolicy, referencePolicies } from "../../../../tools/testing/reference-policies.ts";
import { closedFormMean, controlMeans } from "../../src/plan/closed-form.ts";
import { loadPortfolio } from "../../src/portfolio/load-portfolio.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { samplePlan } from "../../src/sampling/sample-plan.ts";
import { exponential, pareto, planOf, poisson } from "../sampling/books.ts";

function readFixture(path: string): string {
  return readFileSync(new URL(`../../../../fixtures/${path}`, import.meta.url), "utf8");
}

function expectNear(found: number | null, expected: number, digits = 1e-12): void {
  if (expected === 0) expect(found).toBe(0);
  else expect(Math.abs(found! / expected - 1), `${found}, not ${expected}`).toBeLessThan(digits);
}

type Row = readonly [severity: object, terms: object, mean: number | null, claims: number, low: number, high: number];

const { rows } = JSON.parse(readFixture("closed-form-means.json")) as { readonly rows: readonly Row[] };

describe("a policy's mean and those of its controls are mpmath's", () => {
  test.each(rows)("%j under %j", (severity, terms, mean, claims, low, high) => {
    const policy = { copies: 3, frequency: { law: "binomial", size: 4, prob: 0.5 }, severity, terms };
    for (const optimizationLevel of [0, 3] as const) {
      const plan = planOf([policy], { optimizationLevel });
      if (mean === null) expect(closedFormMean(plan)).toBe(null);
      else expectNear(closedFormMean(plan), 3 * mean);
      const means = controlMeans(plan);
      expectNear(means.claims, 3 * claims);
      expectNear(means.controls[0], 3 * low);
      expectNear(means.controls[1], 3 * high);
    }
  });
});

describe("a book's mean is that which it comes with", () => {
  type Entry = { readonly expected: { readonly mean?: number; readonly claims_per_scenario: number } };
  const index = JSON.parse(readFixture("workloads/index.json")) as Record<string, Entry>;
  const names = ["W0", "W1", "W2", "W3", "W5", "W6", "W7", "W8", "W9"];

  test.each(names)("%s", async (name) => {
    const portfolio = await loadPortfolio(readFixture(`workloads/${name}.json`), "json", name);
    const plan = makePlan(portfolio, { seed: "1", trials: 4096, optimizationLevel: 0 });
    const { mean } = index[name].expected;
    if (mean === undefined) expect(closedFormMean(plan)).toBe(null);
    else expectNear(closedFormMean(plan), mean, 1e-11);
  });

  type Case = { readonly id: string; readonly policies: (ReferencePolicy & { count: number; mean: number })[] };
  const { cases } = readVectors("portfolio.json") as { readonly cases: readonly Case[] };

  test.each(cases.map(({ id, policies }) => [id, policies] as const))("%s", (_, policies) => {
    const without = policies.filter(({ terms: { aggregateDeductible, aggregateLimit } }) => {
      return aggregateDeductible === 0 && aggregateLimit === null;
    });
    if (without.length > 0) {
      const sum = without.reduce((all, { count, mean }) => all + count * mean, 0);
      expectNear(closedFormMean(planOf(referencePolicies(without, false), { optimizationLevel: 0 })), sum, 1e-10);
    }
    const all = planOf(referencePolicies(policies, true), { optimizationLevel: 0 });
    if (without.length < policies.length) expect(closedFormMean(all)).toBe(null);
  });
});

describe("at an edge", () => {
  const infinite = { law: "pareto", shape: 0.8, scale: 1000 };

  test("a mean that diverges is infinite, with a limit it is finite", () => {
    expect(closedFormMean(planOf([{ frequency: poisson(1), severity: infinite }]))).toBe(Infinity);
    const terms = { occurrence: { limit: 1000 } };
    expect(closedFormMean(planOf([{ frequency: poisson(1), severity: infinite, terms }]))).toBeLessThan(1000);
  });

  test("who never claims adds nothing, however large claims would be", () => {
    const plan = planOf([
      { frequency: poisson(0), severity: infinite },
      { frequency: poisson(2), severity: exponential },
    ]);
    expectNear(closedFormMean(plan), 2000);
    expect(controlMeans(plan)).toEqual({ claims: 2, controls: [0, expect.closeTo(2000, 9)] });
  });

  test("a share of 0 pays nothing, its claims count; terms of its year stand between nothing", () => {
    const terms = { insurerShare: 0, aggregate: { deductible: 500 } };
    const plan = planOf([{ frequency: poisson(2), severity: infinite, terms }]);
    expect(closedFormMean(plan)).toBe(0);
    expect(controlMeans(plan)).toEqual({ claims: 2, controls: [0, 0] });
  });

  test("a limit of 0 pays for no claim", () => {
    const plan = planOf([{ frequency: poisson(2), severity: exponential, terms: { occurrence: { limit: 0 } } }]);
    expect(closedFormMean(plan)).toBe(0);
    expect(controlMeans(plan)).toEqual({ claims: 0, controls: [0, 0] });
  });

  test("claims of 0 do not pay", () => {
    const severity = { law: "empirical", values: [0, 100], weights: [3, 1] };
    expectNear(controlMeans(planOf([{ frequency: poisson(2), severity }])).claims, 0.5);
  });
});

test("means are those of the book, not of the claims that importance sampling adds", () => {
  const policies = [
    { frequency: poisson(2), severity: pareto },
    { frequency: { law: "fixed", n: 1 }, severity: exponential },
    { frequency: { law: "negativeBinomial", size: 2, prob: 0.4 }, severity: exponential },
  ];
  const plan = planOf(policies);
  const sampled = samplePlan(plan, {
    method: "importance",
    tilting: { amounts: [0, 1000, 5000], ratios: [1, 2, 9] },
  });
  expect(sampled.lines.filter(({ tilt }) => tilt).length).toBe(2);
  expectNear(closedFormMean(sampled), closedFormMean(plan)!);
  expectNear(controlMeans(sampled).claims, 6);
});
