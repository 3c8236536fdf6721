import { LossmillError } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { exactAnswer } from "../src/index.ts";
import { bookOf } from "./book-of.ts";

const poisson = (lambda: number) => ({ law: "poisson", lambda });
const lognormal = (meanlog: number, sdlog: number) => ({ law: "lognormal", meanlog, sdlog });

describe("counts far wider than an amount is long", () => {
  // A geometric number of exponential amounts, given that there are some, is exponential of mean scale / prob.
  test.each([1e-4, 4e-5, 1e-5, 1e-6])("geometric of prob %d: levels up to 0.99999", (prob) => {
    const at = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];
    const book = bookOf({ frequency: { law: "geometric", prob }, severity: { law: "exponential", scale: 100 } });
    const { quantiles } = exactAnswer(book, { at });
    quantiles.forEach(({ p, var: found, tvar }) => {
      const truth = -(100 / prob) * Math.log((1 - p) / (1 - prob));
      expect(Math.abs(found.value! - truth)).toBeLessThanOrEqual(found.error!);
      expect(Math.abs(found.value! / truth - 1)).toBeLessThan(2e-5);
      expect(Math.abs(tvar.value! / (truth + 100 / prob) - 1)).toBeLessThan(2e-5);
    });
  });
});

describe("amounts in less than a few cells", () => {
  test.each([1e-3, 1])("uniform over a width of %d: plateaus between whole numbers of claims are flat", (width) => {
    const severity = { law: "uniform", min: 1000, max: 1000 + width };
    const { total, quantiles } = exactAnswer(bookOf({ frequency: poisson(1.7), severity }), { at: [0.5, 0.9, 0.99] });
    const none = Math.exp(-1.7);
    for (const [x, truth] of [
      [500, none],
      [1500, none * 2.7],
      [2500, none * (2.7 + 1.7 ** 2 / 2)],
    ]) {
      expect(Math.abs(total.cdf(x) - truth)).toBeLessThan(1e-9);
    }
    [2, 3, 5].forEach((claims, i) => {
      const { value, error } = quantiles[i].var;
      expect(error).toBeLessThan(0.1);
      expect(value!).toBeGreaterThan(claims * 1000 - error!);
      expect(value!).toBeLessThan(claims * (1000 + width) + error!);
    });
  });

  test("each policy's deductible of the year beside it", () => {
    const frequency = { law: "negativeBinomial", size: 0.05, prob: 0.02 };
    const terms = { aggregate: { deductible: 2000 } };
    const severity = { law: "uniform", min: 1000, max: 1000.001 };
    const { total } = exactAnswer(bookOf({ copies: 20, frequency, severity, terms }));
    // A policy pays nothing with at most two claims, and 1,000 with three.
    const one = (k: number) => {
      let mass = 0.02 ** 0.05;
      for (let j = 0; j < k; j++) mass *= ((0.05 + j) / (j + 1)) * 0.98;
      return mass;
    };
    const nothing = one(0) + one(1) + one(2);
    expect(Math.abs(total.cdf(500) - nothing ** 20)).toBeLessThan(1e-6);
    expect(Math.abs(total.cdf(1500) - nothing ** 20 * (1 + (20 * one(3)) / nothing))).toBeLessThan(1e-6);
  });
});

describe("losses over many orders of magnitude", () => {
  // By another program: a tilted transform of NumPy's on three grids of up to 2^18 cells, which agree to the digits here.
  test.each([
    [lognormal(8, 2.5), 0.8, 191.287_888],
    [{ law: "pareto", shape: 1.05, scale: 100 }, 1.7, 172.800_219_4],
  ])("%j: the median does not suffer from a level of 0.99999", (severity, lambda, median) => {
    const { quantiles } = exactAnswer(bookOf({ frequency: poisson(lambda), severity }), { at: [0.5, 0.99999] });
    expect(Math.abs(quantiles[0].var.value! / median - 1)).toBeLessThan(3e-9);
    expect(quantiles[1].var.value!).toBeGreaterThan(1e6);
  });

  test.each([
    [lognormal(0, 20), -Math.log(0.5)],
    [{ law: "weibull", shape: 0.02, scale: 1 }, -Math.log(0.9)],
  ])("%j: the largest claim, wherever it lies", (severity, rate) => {
    // P(largest <= x) = e^(−S(x)) for one claim a year on average.
    const p = Math.exp(-rate);
    const { quantiles, maxOccurrence } = exactAnswer(bookOf({ frequency: poisson(1), severity }), { at: [p] });
    const { value, error } = quantiles[0].oep;
    expect(maxOccurrence.cdf(value!)).toBeCloseTo(p, 11);
    expect(error!).toBeLessThan(1e-9 * value!);
    expect(value!).toBeLessThanOrEqual(quantiles[0].var.value! + quantiles[0].var.error!);
  });

  test("beyond the doubles: a clear error", () => {
    for (const severity of [lognormal(700, 4), { law: "constant", value: 1e300 }]) {
      const answer = () => exactAnswer(bookOf({ frequency: poisson(1), severity }));
      expect(answer).toThrow(LossmillError);
      expect(answer).toThrow(/policies: the mean of the year's total is above 1e\+150/);
    }
  });
});

test("a yearly limit of 0 pays nothing, and takes nothing from the largest claim", () => {
  const policy = { frequency: poisson(1), severity: lognormal(8, 1) };
  const nothing = { ...policy, terms: { aggregate: { limit: 0 } } };
  const small = { ...policy, terms: { occurrence: { limit: 100 } } };
  const both = exactAnswer(bookOf(nothing, small), { at: [0.99] });
  const free = exactAnswer(bookOf(policy), { at: [0.99] });
  expect(both.quantiles[0].oep.value).toBeGreaterThan(0.99 * free.quantiles[0].oep.value!);
  expect(both.mean.value).toBeCloseTo(exactAnswer(bookOf(small)).mean.value!, 9);
  expect(exactAnswer(bookOf(nothing), { at: [0.99] }).quantiles[0].var.value).toBe(0);
});
