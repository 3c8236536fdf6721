import { describe, expect, test } from "vitest";
import { type FrequencySpec, type Policy, countLaw, rewritePlan } from "../../src/index.ts";
import { merge, mergeRefusal } from "../../src/plan/rewrites/merge.ts";
import { relativeError } from "../counts/accuracy.ts";
import { lognormal, planOf, poisson } from "./books.ts";

/** P(sum = k) of independent counts, by convolution. */
function convolved(specs: readonly FrequencySpec[], length: number): number[] {
  return specs.reduce<number[]>(
    (sum, spec) => {
      const law = countLaw(spec);
      const masses = Array.from({ length }, (_, k) => law.probability(k));
      return masses.map((_, k) => masses.slice(0, k + 1).reduce((total, mass, j) => total + mass * sum[k - j], 0));
    },
    Array.from({ length }, (_, k) => (k === 0 ? 1 : 0)),
  );
}

const CLOSED: readonly (readonly FrequencySpec[])[] = [
  [poisson, { law: "poisson", lambda: 2 }, { law: "poisson", lambda: 0 }],
  [
    { law: "binomial", size: 3, prob: 0.2 },
    { law: "binomial", size: 10, prob: 0.2 },
  ],
  [
    { law: "geometric", prob: 0.4 },
    { law: "negativeBinomial", size: 2.5, prob: 0.4 },
    { law: "geometric", prob: 0.4 },
  ],
  [
    { law: "poissonInverseGaussian", mean: 1.5, dispersion: 0.8 },
    { law: "poissonInverseGaussian", mean: 3, dispersion: 0.2 },
  ],
];

describe("what is merged has the law of the sum", () => {
  test.each(CLOSED.map((specs) => [specs[0].law, specs] as const))("%s", (_, specs) => {
    const { lines } = merge(planOf(specs.map((frequency) => ({ frequency }))));
    expect(lines).toHaveLength(1);
    const law = countLaw(lines[0].frequency);
    const sum = convolved(specs, 40);
    const worst = Math.max(...sum.map((mass, k) => relativeError(law.probability(k), mass)));
    console.log(`${specs[0].law}: merged against convolved, worst relative difference ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-12);
  });

  test.each(CLOSED.map(([spec]) => [spec.law, spec] as const))("copies of %s", (_, frequency) => {
    const { lines } = merge(planOf([{ frequency, copies: 7 }]));
    expect(lines[0]).toMatchObject({ copies: 1, policies: 7 });
    const law = countLaw(lines[0].frequency);
    const sum = convolved(
      Array.from({ length: 7 }, () => frequency),
      40,
    );
    for (const [k, mass] of sum.entries()) expect(relativeError(law.probability(k), mass)).toBeLessThan(1e-12);
  });
});

describe("the merged line", () => {
  test("stands where its first member stood and keeps its stream and id; policies add up", () => {
    const other: Partial<Policy> = { severity: { law: "exponential", scale: 5 } };
    const { lines } = merge(planOf([other, { copies: 3 }, other, { copies: 2 }]));
    expect(lines.map(({ id, firstStream, copies, policies }) => [id, firstStream, copies, policies])).toEqual([
      ["p0", 0, 1, 2],
      ["p1", 1, 1, 5],
    ]);
    expect(lines[1].frequency).toEqual({ law: "poisson", lambda: 5 * 0.3 });
  });

  test("no rewrite at level 0; geometric is negative binomial from level 1 on", () => {
    const geometric = { law: "geometric", prob: 0.4, zeroInflated: 0.1 } as const;
    const definition = planOf([{ frequency: geometric }, { copies: 3 }]);
    expect(rewritePlan(definition, 0)).toEqual(definition);
    expect(rewritePlan(definition, 1).lines[0].frequency).toEqual({
      law: "negativeBinomial",
      size: 1,
      prob: 0.4,
      zeroInflated: 0.1,
    });
  });
});

describe("stays apart", () => {
  const aggregate = { aggregate: { limit: 5000 } };
  test.each<[string, Partial<Policy>, Partial<Policy>]>([
    ["an aggregate limit", { terms: aggregate }, { terms: aggregate }],
    [
      "an aggregate deductible",
      { terms: { aggregate: { deductible: 1 } } },
      { terms: { aggregate: { deductible: 1 } } },
    ],
    ["another severity", {}, { severity: { ...lognormal, sdlog: 1.1 } }],
    ["another deductible", {}, { terms: { occurrence: { deductible: 1 } } }],
    [
      "another kind of deductible",
      { terms: { occurrence: { deductible: 1 } } },
      { terms: { occurrence: { deductible: 1, deductibleKind: "franchise" } } },
    ],
    ["another share", {}, { terms: { insurerShare: 0.5 } }],
    ["another family", {}, { frequency: { law: "binomial", size: 3, prob: 0.1 } }],
    [
      "another prob",
      { frequency: { law: "binomial", size: 3, prob: 0.1 } },
      { frequency: { law: "binomial", size: 3, prob: 0.2 } },
    ],
    [
      "another dispersion · mean²",
      { frequency: { law: "poissonInverseGaussian", mean: 1, dispersion: 1 } },
      { frequency: { law: "poissonInverseGaussian", mean: 1, dispersion: 2 } },
    ],
    [
      "zero-inflated counts",
      { frequency: { ...poisson, zeroInflated: 0.2 } },
      { frequency: { ...poisson, zeroInflated: 0.2 } },
    ],
    [
      "zero-truncated counts",
      { frequency: { ...poisson, zeroTruncated: true } },
      { frequency: { ...poisson, zeroTruncated: true } },
    ],
  ])("%s", (_, a, b) => expect(merge(planOf([a, b])).lines).toHaveLength(2));

  test.each<FrequencySpec>([
    { law: "logarithmic", prob: 0.3 },
    { law: "delaporte", lambda: 1, size: 1, prob: 0.5 },
    { law: "neymanA", lambda: 1, phi: 1 },
    { law: "betaBinomial", size: 5, shape1: 1, shape2: 2 },
    { law: "mixedPoisson", weights: [1, 1], lambdas: [1, 2] },
    { law: "fixed", n: 2 },
    { law: "empirical", probabilities: [0.5, 0.5] },
  ])("copies of $law", (frequency) => {
    const { lines } = merge(planOf([{ frequency, copies: 4 }, { frequency }]));
    expect(lines.map(({ copies }) => copies)).toEqual([4, 1]);
    expect(mergeRefusal(lines[0])).toMatch(/do not add up/);
  });

  test("losses by policy, across ids; copies of one id are still one line", () => {
    const { lines } = merge(planOf([{ copies: 3 }, { copies: 2 }], ["total", "byPolicy"]));
    expect(lines.map(({ copies, policies }) => [copies, policies])).toEqual([
      [1, 3],
      [1, 2],
    ]);
  });
});
