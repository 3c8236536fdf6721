import { expect, test } from "vitest";
import { nearest, suggestion } from "../../src/portfolio/nearest.ts";

const laws = ["poisson", "negativeBinomial", "binomial", "geometric", "lognormal", "gamma", "pareto"];

test.each([
  ["poison", "poisson"],
  ["Poisson", "poisson"],
  ["posison", "poisson"],
  ["negative-binomail", "negativeBinomial"],
  ["negative_binomial", "negativeBinomial"],
  ["binom", "binomial"],
  ["log normal", "lognormal"],
  ["pareto2", "pareto"],
  ["gama", "gamma"],
  ["xyz", undefined],
  ["", undefined],
  ["pois", "poisson"],
  ["p", undefined],
  ["weibull", undefined],
  ["x".repeat(100_000), undefined],
])("%s is nearest to %s", (word, name) => {
  expect(nearest(word, laws)).toBe(name);
});

test("a suggestion is a few words, or none", () => {
  expect(suggestion("gama", laws)).toBe(' (did you mean "gamma"?)');
  expect(suggestion("xyz", laws)).toBe("");
});
