import { describe, expect, test } from "vitest";
import { exactAnswer } from "../src/index.ts";
import { bookOf } from "./book-of.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1.5 };
const third = 100_000 / 3;

/** The level in the middle of the jump of a distribution function at x. */
function levelAt(book: Parameters<typeof exactAnswer>[0], x: number): number {
  const { total } = exactAnswer(book, { at: [0.999] });
  const jump = [total.cdf(x * (1 + 1e-9)), total.cdf(x * (1 - 1e-9))];
  expect(jump[0] - jump[1]).toBeGreaterThan(1e-4);
  return Number(((jump[0] + jump[1]) / 2).toFixed(6));
}

describe("a quantile at an atom is the atom", () => {
  test.each([
    [
      "an occurrence limit",
      bookOf({ frequency: { law: "fixed", n: 1 }, severity: lognormal, terms: { occurrence: { limit: third } } }),
      third,
    ],
    [
      "twice an occurrence limit",
      bookOf({ frequency: { law: "fixed", n: 2 }, severity: lognormal, terms: { occurrence: { limit: 777.77 } } }),
      1555.54,
    ],
    [
      "an aggregate limit",
      bookOf({ frequency: { law: "poisson", lambda: 4 }, severity: lognormal, terms: { aggregate: { limit: third } } }),
      third,
    ],
    [
      "a share of an aggregate limit",
      bookOf({
        frequency: { law: "negativeBinomial", size: 2, prob: 0.3 },
        severity: lognormal,
        terms: { aggregate: { deductible: 1000, limit: 1000 * Math.PI }, insurerShare: 1 / 7 },
      }),
      (1000 * Math.PI) / 7,
    ],
    [
      "the sum of two aggregate limits",
      bookOf(
        { frequency: { law: "poisson", lambda: 6 }, severity: lognormal, terms: { aggregate: { limit: third } } },
        {
          frequency: { law: "poisson", lambda: 6 },
          severity: lognormal,
          terms: { aggregate: { limit: 1000 * Math.SQRT2 } },
        },
      ),
      third + 1000 * Math.SQRT2,
    ],
    [
      "a claim of one size among others",
      bookOf({
        frequency: { law: "fixed", n: 1 },
        severity: { law: "mixture", weights: [1, 1], components: [lognormal, { law: "constant", value: 2999.9 }] },
      }),
      2999.9,
    ],
  ])("%s", (_, book, atom) => {
    const level = levelAt(book, atom);
    const [{ var: value }] = exactAnswer(book, { at: [level] }).quantiles;
    console.log(`p = ${level}: ${value.value} for ${atom}, error ${value.error}`);
    expect(Math.abs((value.value ?? NaN) - atom)).toBeLessThanOrEqual(1e-9 * atom);
    expect(value.error).toBeLessThan(1e-7 * atom);
  });
});

test("no claim at all is an atom at 0", () => {
  const { quantiles, total } = exactAnswer(
    bookOf({ frequency: { law: "poisson", lambda: 0.1 }, severity: lognormal }),
    {
      at: [0.5, 0.9, 0.91],
    },
  );
  expect(quantiles.map(({ var: value }) => value.value)).toEqual([0, 0, expect.any(Number)]);
  expect(quantiles.map(({ oep }) => oep.value)).toEqual([0, 0, expect.any(Number)]);
  expect(quantiles[2].var.value).toBeGreaterThan(0);
  expect(total.cdf(0)).toBeCloseTo(Math.exp(-0.1), 12);
});

test("too many atoms to be told apart are a resolution, not an error", () => {
  const values = Array.from({ length: 30 }, (_, i) => Math.sqrt(i + 2));
  const { total, quantiles, mean } = exactAnswer(
    bookOf({ frequency: { law: "poisson", lambda: 5 }, severity: { law: "empirical", values } }),
  );
  expect(total.error).toBeLessThan(1e-3);
  expect(total.resolution).toBeLessThan(1e-2 * (mean.value ?? NaN));
  for (const { var: value } of quantiles) expect(value.error).toBeLessThan(0.01);
});
