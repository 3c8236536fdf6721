import type { Portfolio } from "@lossmill/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ExactAnswer, exactAnswer } from "../src/index.ts";
import { books } from "./arbitrary-books.ts";

/** Errors are small beside what a figure could be off by without anybody noticing. */
const SMALL = 1e-3;

function checkFigures({ mean, sd, quantiles, claims }: ExactAnswer): void {
  const figures = quantiles.flatMap(({ var: value, tvar, oep }) => [value, tvar, oep]);
  const numbers = [claims, mean.value, mean.error, ...figures.flatMap(({ value, error }) => [value, error])];
  for (const number of numbers) expect(Number.isFinite(number)).toBe(true);
  for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
  if (sd.value !== null) expect(sd.value).toBeGreaterThanOrEqual(0);
  const scale = mean.value ?? NaN;
  for (const { value, error } of figures)
    expect(error).toBeLessThanOrEqual(SMALL * Math.max(value ?? NaN, scale, 1e-3));
}

function checkOrder({ quantiles }: ExactAnswer, hasAggregateTerms: boolean): void {
  for (const [i, { var: value, tvar, oep }] of quantiles.entries()) {
    expect(tvar.value).toBeGreaterThanOrEqual(value.value ?? NaN);
    // One claim is part of the total.
    if (!hasAggregateTerms)
      expect(oep.value).toBeLessThanOrEqual((value.value ?? NaN) * (1 + 1e-8) + (value.error ?? NaN));
    if (i === 0) continue;
    expect(value.value).toBeGreaterThanOrEqual(quantiles[i - 1].var.value ?? NaN);
    expect(oep.value).toBeGreaterThanOrEqual(quantiles[i - 1].oep.value ?? NaN);
    expect(tvar.value).toBeGreaterThanOrEqual((quantiles[i - 1].tvar.value ?? NaN) * (1 - 1e-9));
  }
}

function checkDistribution({ total, quantiles, mean }: ExactAnswer): void {
  const steps = 2000;
  let last = total.cdf(-1);
  let below = 0;
  expect(last).toBe(0);
  for (let i = 0; i <= steps; i++) {
    const value = total.cdf((total.upTo * i) / steps);
    expect(value).toBeGreaterThanOrEqual(last);
    expect(value).toBeLessThanOrEqual(1);
    if (i > 0) below += ((1 - value + (1 - last)) / 2) * (total.upTo / steps);
    last = value;
  }
  for (const { p, var: value } of quantiles) {
    expect(total.cdf(value.value ?? NaN)).toBeGreaterThanOrEqual(p - total.error - 1e-9);
  }
  // The mean is the integral of 1 − F: what lies within the stretch, and at least what its end still adds.
  const rough = (total.upTo / steps) * 2;
  expect(below).toBeLessThanOrEqual((mean.value ?? NaN) + rough);
  if (last > 1 - 1e-9) expect(below).toBeGreaterThanOrEqual((mean.value ?? NaN) - rough);
}

test("random small books: finite, ordered, monotone, with small errors", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(books, (book: Portfolio) => {
      const answer = exactAnswer(book);
      checkFigures(answer);
      checkOrder(
        answer,
        book.policies.some(({ terms }) => terms?.aggregate !== undefined),
      );
      checkDistribution(answer);
    }),
    { seed: 20_260_101, numRuns: 16, endOnFailure: true },
  );
});
