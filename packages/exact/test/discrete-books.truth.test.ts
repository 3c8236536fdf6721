import { describe, expect, test } from "vitest";
import { exactAnswer } from "../src/index.ts";
import { bookOf } from "./book-of.ts";
import { cdfOf, enumerated, meanOf, quantileOf, tailValueOf } from "./enumeration.ts";

const at = [0.01, 0.3, 0.5, 0.8, 0.95, 0.99, 0.999];
const fixed = (n: number) => ({ law: "fixed", n });
const empirical = (values: number[], weights?: number[]) => ({ law: "empirical", values, weights });
const probabilities = { law: "empirical", probabilities: [0.3, 0.3, 0.2, 0.1, 0.1] };

const onLattice = {
  dice: bookOf({ copies: 2, frequency: fixed(3), severity: empirical([1, 2, 3, 4, 5, 6]) }),
  "deductible, limit, share": bookOf(
    {
      frequency: probabilities,
      severity: empirical([100, 250, 1000, 5000], [4, 3, 2, 1]),
      terms: { occurrence: { deductible: 50, attachment: 25, limit: 2000 }, insurerShare: 0.9 },
    },
    { frequency: fixed(2), severity: empirical([0, 12.5, 40]) },
  ),
  franchise: bookOf({
    copies: 3,
    frequency: probabilities,
    severity: empirical([10, 20, 30, 400], [1, 2, 3, 1]),
    terms: { occurrence: { deductible: 20, deductibleKind: "franchise", attachment: 5 } },
  }),
  "aggregate terms between the sums": bookOf(
    {
      copies: 2,
      frequency: probabilities,
      severity: empirical([100, 200, 500]),
      terms: { aggregate: { deductible: 130, limit: 710 }, insurerShare: 0.8 },
    },
    { frequency: fixed(1), severity: empirical([30, 70]), terms: { aggregate: { deductible: 45 } } },
  ),
};

const root = Math.sqrt(2);
const offLattice = {
  "no common unit": bookOf({ copies: 2, frequency: probabilities, severity: empirical([1, root, Math.PI]) }),
  "limits without a common unit": bookOf(
    {
      frequency: probabilities,
      severity: empirical([10, 40, 100]),
      terms: { aggregate: { limit: 100 / 3 } },
    },
    { frequency: fixed(1), severity: empirical([5, 1000 * Math.PI]), terms: { occurrence: { limit: 17 * root } } },
  ),
};

describe("books whose outcomes can be run through", () => {
  test.each(Object.entries({ ...onLattice, ...offLattice }))("%s", (name, book) => {
    const truth = enumerated(book);
    const answer = exactAnswer(book, { at });
    expect(answer.mean.value).toBeCloseTo(meanOf(truth), 9);
    for (const { p, var: value, tvar } of answer.quantiles) {
      const place = `${name}, p = ${p}`;
      expect(Math.abs((value.value ?? NaN) - quantileOf(truth, p)), place).toBeLessThanOrEqual(
        (value.error ?? NaN) + 1e-9 * quantileOf(truth, p),
      );
      expect(Math.abs((tvar.value ?? NaN) - tailValueOf(truth, p)), place).toBeLessThanOrEqual(
        2 * (tvar.error ?? NaN) + 1e-9 * tailValueOf(truth, p),
      );
    }
  });

  test.each(Object.entries(onLattice))("%s: exact on the lattice", (_, book) => {
    const truth = enumerated(book);
    const { total, grid, quantiles } = exactAnswer(book, { at });
    expect(grid.isLattice).toBe(true);
    for (const { p, var: value } of quantiles) {
      expect(value.value).toBeCloseTo(quantileOf(truth, p), 9);
      expect(value.error).toBe(0);
    }
    for (const x of truth.keys())
      if (x <= total.upTo) expect(Math.abs(total.cdf(x) - cdfOf(truth, x))).toBeLessThan(1e-12);
  });

  test.each(Object.entries({ ...onLattice, ...offLattice }))("%s: what a distribution promises", (name, book) => {
    const truth = enumerated(book);
    const { total, maxOccurrence } = exactAnswer(book, { at });
    const { resolution, error } = total;
    expect(error).toBeLessThan(1e-6);
    const places = [...truth.keys()].flatMap((x) => [x - resolution, x, x + resolution, x * 1.01 + 0.3]);
    for (const x of places.filter((place) => place <= total.upTo)) {
      const value = total.cdf(x);
      expect(value, `${name} at ${x}`).toBeGreaterThanOrEqual(cdfOf(truth, x - resolution) - error);
      expect(value, `${name} at ${x}`).toBeLessThanOrEqual(cdfOf(truth, x + resolution) + error);
    }
    expect([total.cdf(-1), maxOccurrence.cdf(-1)]).toEqual([0, 0]);
    expect(maxOccurrence.cdf(1e9)).toBe(1);
  });
});

test("a level that is the distribution function's own value is reached, whichever way doubles are rounded", () => {
  const book = bookOf({ frequency: fixed(1), severity: empirical([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) });
  const { quantiles } = exactAnswer(book, { at: [0.1, 0.2, 0.3, 0.6, 0.7, 0.9] });
  expect(quantiles.map(({ var: value }) => value.value)).toEqual([1, 2, 3, 6, 7, 9]);
  expect(quantiles.map(({ oep }) => oep.value)).toEqual([1, 2, 3, 6, 7, 9]);
});
