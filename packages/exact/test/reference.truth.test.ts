import { LossmillError } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type ExactAnswer, exactAnswer } from "../src/index.ts";
import { aggregateCases, portfolioCases, type ReferenceCase, type ReferenceTotal } from "./reference-book.ts";
import { relativeError, worstCase } from "./worst-case.ts";

/** What every figure must meet, relative to the figure, where the reference's own bound is not larger. */
const TOLERANCE = 1e-6;
/** What the reference itself is off by where its bound says less: seen as a difference that no grid of ours changes. */
const REFERENCE_NOISE = 1e-9;
/** By how much an error may pass what we report for it. */
const HONESTY = 2;

const cases = [...aggregateCases("continuous"), ...aggregateCases("lattice"), ...portfolioCases()];
const infiniteMean = cases.filter(({ exact }) => exact.mean === "Infinity");
const answerable = cases.filter(({ exact }) => exact.mean !== "Infinity");

const worst = {
  mean: worstCase("mean, relative"),
  sd: worstCase("sd, relative"),
  var: worstCase("VaR, relative"),
  tvar: worstCase("TVaR, relative"),
  cdf: worstCase("cdf, absolute"),
  honesty: worstCase("error over what was reported"),
};

function checkMoments({ mean, sd }: ExactAnswer, exact: ReferenceTotal, name: string): void {
  const meanError = relativeError(mean.value, exact.mean as number);
  worst.mean.add(meanError, name);
  expect(meanError).toBeLessThan(1e-9);
  if (exact.sd === "Infinity") {
    expect(sd).toEqual({ value: null, error: null, reason: "the variance is infinite" });
    return;
  }
  worst.sd.add(relativeError(sd.value, exact.sd), name);
  expect(relativeError(sd.value, exact.sd)).toBeLessThan(1e-9);
}

function checkLevels({ quantiles }: ExactAnswer, { levels }: ReferenceTotal, name: string): void {
  for (const [i, level] of levels.entries()) {
    const figures = [
      ["var", quantiles[i].var, level.var, level.varGridDiff ?? 0],
      ["tvar", quantiles[i].tvar, Number(level.tvar), level.tvarGridDiff ?? 0],
    ] as const;
    for (const [kind, { value, error }, truth, gridDiff] of figures) {
      const difference = Math.abs((value ?? NaN) - truth);
      const place = `${name}, p = ${level.p}`;
      worst[kind].add(difference / Math.max(Math.abs(truth), Number.MIN_VALUE), place);
      expect(difference, `${kind} of ${place}`).toBeLessThanOrEqual(Math.max(TOLERANCE * truth, gridDiff));
      const unexplained = difference - gridDiff - REFERENCE_NOISE * truth;
      if (unexplained > 0) worst.honesty.add(unexplained / (error ?? NaN), place);
      expect(unexplained, `error of ${kind} of ${place}`).toBeLessThanOrEqual(HONESTY * (error ?? NaN));
    }
  }
}

function checkCdf({ total }: ExactAnswer, { cdf = [], rows = [] }: ReferenceTotal, name: string): void {
  const points = [...cdf, ...rows.map(([x, , probability]) => [x, probability, 0] as const)];
  for (const [x, probability, gridDiff] of points) {
    if (x > total.upTo) continue;
    const difference = Math.abs(total.cdf(x) - probability);
    worst.cdf.add(difference, `${name}, x = ${x}`);
    // The total is known to 1e-12; probabilities far below that are not.
    const tolerance = Math.max(TOLERANCE * probability, gridDiff, 2e-12);
    expect(difference, `cdf of ${name} at ${x}`).toBeLessThanOrEqual(tolerance);
  }
}

describe("against independent programs", () => {
  for (const { name, book, exact } of answerable) {
    test.skipIf(book === undefined)(name, () => {
      const answer = exactAnswer(book as NonNullable<ReferenceCase["book"]>, { at: exact.levels.map(({ p }) => p) });
      checkMoments(answer, exact, name);
      checkLevels(answer, exact, name);
      checkCdf(answer, exact, name);
    });
  }

  test("the worst cases", () => {
    for (const kind of Object.values(worst)) kind.print();
  });
});

test("an infinite mean is refused, and the error names the severity", () => {
  expect(infiniteMean.map(({ name }) => name)).toEqual(["o11-pareto-infinite-mean S"]);
  for (const { book } of infiniteMean) {
    const attempt = () => exactAnswer(book as NonNullable<ReferenceCase["book"]>);
    expect(attempt).toThrow(LossmillError);
    expect(attempt).toThrow(/^policies\[0\]\.severity: its mean is infinite/);
    expect(attempt).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
  }
});
