import { describe, expect, test } from "vitest";
import { type ExactAnswer, exactAnswer } from "../src/index.ts";
import { bookOf } from "./book-of.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const one = { law: "poisson", lambda: 1 };

describe("books that never pay", () => {
  test.each([
    ["no claims", { frequency: { law: "poisson", lambda: 0 }, severity: lognormal }, 0],
    ["a fixed number of 0", { frequency: { law: "fixed", n: 0 }, severity: lognormal }, 0],
    ["a limit of 0", { frequency: one, severity: lognormal, terms: { occurrence: { limit: 0 } } }, 0],
    ["a share of 0", { frequency: one, severity: lognormal, terms: { insurerShare: 0 } }, 1],
    ["an aggregate limit of 0", { frequency: one, severity: lognormal, terms: { aggregate: { limit: 0 } } }, 1],
    [
      "a deductible above everything",
      { frequency: one, severity: { law: "uniform", min: 0, max: 9 }, terms: { occurrence: { deductible: 9 } } },
      0,
    ],
    ["claims of 0", { frequency: one, severity: { law: "constant", value: 0 } }, 0],
  ])("%s", (_, policy, claims) => {
    const answer = exactAnswer(bookOf(policy));
    expect([answer.claims, answer.mean.value, answer.sd.value, answer.kurtosis]).toEqual([claims, 0, 0, null]);
    for (const { var: value, tvar } of answer.quantiles) expect([value.value, tvar.value]).toEqual([0, 0]);
    expect(answer.total.cdf(0)).toBe(1);
  });

  test("an aggregate deductible above every sum", () => {
    const uniform = { law: "uniform", min: 0, max: 10 };
    const answer = exactAnswer(
      bookOf({ frequency: { law: "fixed", n: 2 }, severity: uniform, terms: { aggregate: { deductible: 25 } } }),
    );
    expect(answer.mean.value).toBeLessThan(1e-9);
    expect(answer.quantiles.map(({ var: value }) => value.value).every((value) => value === 0)).toBe(true);
    // The largest claim is taken before aggregate terms.
    expect(answer.quantiles[0].oep.value).toBeCloseTo(10 * Math.sqrt(0.5), 9);
  });

  test("an infinite mean matters only where it may be paid", () => {
    const pareto = { law: "pareto", shape: 0.9, scale: 1000 };
    const policies = [
      { frequency: one, severity: pareto, terms: { insurerShare: 0 } },
      { frequency: { law: "fixed", n: 0 }, severity: pareto },
      { frequency: one, severity: pareto, terms: { occurrence: { limit: 100 } } },
      { frequency: one, severity: pareto, terms: { aggregate: { limit: 100 } } },
    ];
    expect(exactAnswer(bookOf(...policies)).mean.value).toBeGreaterThan(0);
    expect(() => exactAnswer(bookOf(...policies, { frequency: one, severity: pareto }))).toThrow(
      "policies[4].severity",
    );
  });
});

test("a single certain claim has its own distribution", () => {
  const { mean, sd, quantiles } = exactAnswer(bookOf({ frequency: { law: "fixed", n: 1 }, severity: lognormal }));
  expect(mean.value).toBeCloseTo(Math.exp(8.5), 8);
  expect(sd.value).toBeCloseTo(Math.exp(8.5) * Math.sqrt(Math.E - 1), 8);
  for (const { var: value, oep } of quantiles) {
    expect(Math.abs((value.value ?? NaN) / (oep.value ?? NaN) - 1)).toBeLessThan(1e-9);
  }
  expect(quantiles[0].oep.value).toBeCloseTo(Math.exp(8), 8);
});

test("claims that are always the same", () => {
  const { quantiles, sd } = exactAnswer(
    bookOf({ frequency: { law: "fixed", n: 3 }, severity: { law: "constant", value: 0.1 } }),
  );
  expect(sd.value).toBeCloseTo(0, 12);
  for (const { var: value, tvar, oep } of quantiles) {
    expect(value.value).toBeCloseTo(0.3, 12);
    expect(tvar.value).toBeCloseTo(0.3, 10);
    expect(oep.value).toBe(0.1);
  }
});

describe("totals of very many claims are nearly normal", () => {
  const normal999 = 3.090232306167813;

  test.each([
    ["5,000", { frequency: { law: "poisson", lambda: 5000 }, severity: lognormal }, 0.05],
    ["a million", { frequency: { law: "poisson", lambda: 1e6 }, severity: lognormal }, 0.02],
    ["a fixed million", { frequency: { law: "fixed", n: 1e6 }, severity: lognormal }, 0.02],
    ["a billion", { frequency: { law: "poisson", lambda: 1e9 }, severity: lognormal }, 1e-3],
    [
      "4,000,000,000 copies",
      { copies: 4e9, frequency: { law: "poisson", lambda: 0.2 }, severity: { law: "gamma", shape: 2, scale: 100 } },
      2e-3,
    ],
  ])("%s", (_, policy, tolerance) => {
    const { mean, sd, quantiles } = exactAnswer(bookOf(policy), { at: [0.5, 0.999] });
    const scores = quantiles.map(({ var: value }) => ((value.value ?? NaN) - (mean.value ?? NaN)) / (sd.value ?? NaN));
    expect(Math.abs(scores[0])).toBeLessThan(tolerance);
    expect(Math.abs(scores[1] - normal999)).toBeLessThan(6 * tolerance);
    for (const { var: value } of quantiles) expect(value.error).toBeLessThan(1e-6 * (value.value ?? NaN));
  });
});

describe("wide counts", () => {
  const finite = ({ mean, quantiles }: ExactAnswer) => {
    const figures = quantiles.flatMap(({ var: value, tvar, oep }) => [value.value, value.error, tvar.value, oep.value]);
    expect([mean.value, ...figures].every((value) => Number.isFinite(value))).toBe(true);
  };

  test("a negative binomial of a hundred-millionth part of a size", () => {
    const { mean, quantiles, ...rest } = exactAnswer(
      bookOf({ frequency: { law: "negativeBinomial", size: 0.01, prob: 1e-5 }, severity: lognormal }),
    );
    finite({ mean, quantiles, ...rest });
    // P(no claim) = prob^size = 0.891.
    expect(quantiles[1].var.value).toBe(0);
    expect(quantiles[2].var.value).toBeGreaterThan(0);
  });

  test("a negative binomial of three millions is nearly gamma", () => {
    const answer = exactAnswer(
      bookOf({ frequency: { law: "negativeBinomial", size: 3, prob: 1e-6 }, severity: lognormal }),
      { at: [0.999] },
    );
    finite(answer);
    // The 99.9 % quantile of a gamma of shape 3.
    const ratio = ((answer.quantiles[0].var.value ?? NaN) / (answer.mean.value ?? NaN)) * 3;
    expect(ratio).toBeCloseTo(11.22887, 4);
  });

  test.each([
    { law: "betaBinomial", size: 1_000_000, shape1: 2, shape2: 3 },
    { law: "betaBinomial", size: 100_000, shape1: 0.2, shape2: 0.3 },
    { law: "poissonInverseGaussian", mean: 1000, dispersion: 100 },
    { law: "poisson", lambda: 1e-12 },
    { law: "poisson", lambda: 1e-300 },
  ])("%j", (frequency) => {
    finite(exactAnswer(bookOf({ frequency, severity: lognormal })));
  });
});

test("levels that are no probabilities are refused", () => {
  const book = bookOf({ frequency: one, severity: lognormal });
  expect(() => exactAnswer(book, { at: [0.5, 1] })).toThrow("levels[1]");
});

test("return periods are those of the decimals", () => {
  const { quantiles } = exactAnswer(bookOf({ frequency: one, severity: lognormal }), { at: [0.996, 0.999] });
  expect(quantiles.map(({ p, returnPeriod }) => [p, returnPeriod])).toEqual([
    [0.996, 250],
    [0.999, 1000],
  ]);
});
