import { describe, expect, test } from "vitest";
import type { LossmillError } from "../../src/errors.ts";
import { momentsOf, sd, standardErrorOfMean, standardErrorOfSd } from "../../src/summary/moments.ts";
import { type ExistingMoments, LEVELS, checkLevels, report } from "../../src/summary/report.ts";
import { runningSummary } from "../../src/summary/running-summary.ts";
import { summarize } from "../../src/summary/summary.ts";
import { relativeError, samples } from "./vectors.ts";

const ALL: ExistingMoments = { mean: true, variance: true, fourthMoment: true };

function reportOf(total: Float64Array, exists = ALL, levels?: readonly number[], maxOccurrence = total) {
  const claims = total.map((x) => (x > 0 ? 1 : 0));
  const summary = summarize({ total, maxOccurrence, claims }, total.length, 0);
  return report({ summary, total, maxOccurrence, exists, ...(levels && { levels }) });
}

// Losses 1 … n in a scattered order: 7919 is prime to n.
const scattered = (n: number) => Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7919) % n));

describe.each(samples.filter(({ n }) => n > 1))("$name", (sample) => {
  const total = Float64Array.from(sample.sample);
  const levels = sample.tail.map(({ p }) => p).filter((p) => p > 0);
  const found = reportOf(total, ALL, levels);

  test("has the figures of exact fractions", () => {
    expect(relativeError(found.mean.value!, sample.mean)).toBeLessThan(2e-15);
    expect(relativeError(found.mean.se!, sample.seMean!)).toBeLessThan(2e-15);
    expect(relativeError(found.sd.value!, sample.sdSample!)).toBeLessThan(2e-15);
    for (const { p, var: value, tvar } of found.quantiles) {
      const exact = sample.tail.find((row) => row.p === p)!;
      expect(value.value).toBe(exact.var);
      expect(relativeError(tvar.value!, exact.tvar)).toBeLessThan(2e-15);
      if (tvar.se !== null) expect(relativeError(tvar.se, exact.seTvarInfluence!)).toBeLessThan(2e-15);
    }
  });

  test("has intervals where both ranks exist, and else says how many losses they need", () => {
    for (const row of sample.orderStatisticCI95 ?? []) {
      const { var: value, tvar, oep } = found.quantiles.find(({ p }) => p === row.p)!;
      expect(oep).toEqual(value);
      if (row.lower === null || row.upper === null) {
        expect(value).toMatchObject({ se: null, low: null, high: null });
        expect(value.reason).toMatch(/^needs n ≥ \d+$/u);
        expect(tvar).toMatchObject({ se: null, low: null, high: null, reason: value.reason });
      } else {
        const se = (row.upper - row.lower) / 3.919928;
        expect(value).toEqual({ value: value.value, se, low: row.lower, high: row.upper });
        expect(tvar.reason).toBeUndefined();
      }
    }
  });
});

test("the default levels are those of whole return periods", () => {
  const { quantiles } = reportOf(scattered(5000));
  expect(quantiles.map(({ p }) => p)).toEqual(LEVELS);
  expect(quantiles.map(({ returnPeriod }) => returnPeriod)).toEqual([2, 5, 10, 20, 40, 50, 100, 200, 250, 500, 1000]);
});

test("a report of losses in any order, which it leaves in that order", () => {
  const total = scattered(5000);
  const maxOccurrence = total.map((x) => x / 2);
  const before = total.slice();
  const { claims, mean, sd: spread, quantiles } = reportOf(total, ALL, [0.9], maxOccurrence);
  const moments = momentsOf(total, 5000);
  expect(claims).toEqual({ value: 1, se: 0 });
  expect(mean).toMatchObject({ value: 2500.5, se: standardErrorOfMean(moments) });
  expect(mean.low).toBeCloseTo(2500.5 - 1.959964 * standardErrorOfMean(moments), 9);
  expect(spread).toMatchObject({ value: sd(moments), se: standardErrorOfSd(moments) });
  // The worst 500 of 5,000: 4501 … 5000. Ranks by SciPy's binomial law.
  expect(quantiles[0]).toMatchObject({
    p: 0.9,
    returnPeriod: 10,
    var: { value: 4500, low: 4458, high: 4542 },
    tvar: { value: 4750.5 },
    oep: { value: 2250, low: 2229, high: 2271 },
  });
  expect(total).toEqual(before);
  expect(maxOccurrence).toEqual(total.map((x) => x / 2));
});

describe("what is infinite is said", () => {
  const total = scattered(5000);

  test("an infinite mean leaves only quantiles", () => {
    const found = reportOf(total, { mean: false, variance: false, fourthMoment: false }, [0.5]);
    const nothing = { value: null, se: null, low: null, high: null, reason: "the mean is infinite" };
    expect(found).toMatchObject({ mean: nothing, sd: nothing, quantiles: [{ tvar: nothing }] });
    expect(found.quantiles[0].var).toEqual(reportOf(total, ALL, [0.5]).quantiles[0].var);
  });

  test("an infinite variance leaves mean and TVaR without error", () => {
    const found = reportOf(total, { mean: true, variance: false, fourthMoment: false }, [0.5]);
    const unsure = { se: null, low: null, high: null, reason: "the variance is infinite" };
    expect(found.mean).toEqual({ value: 2500.5, ...unsure });
    expect(found.sd).toEqual({ value: null, ...unsure });
    expect(found.quantiles[0].tvar).toEqual({ value: 3750.5, ...unsure });
  });

  test("an infinite fourth moment leaves the sd without error", () => {
    const found = reportOf(total, { mean: true, variance: true, fourthMoment: false }, [0.5]);
    const value = sd(momentsOf(total, 5000));
    expect(found.sd).toEqual({ value, se: null, low: null, high: null, reason: "the fourth moment is infinite" });
    expect(found.mean.se).not.toBeNull();
  });

  test("and so is an overflow", () => {
    const found = reportOf(Float64Array.of(...scattered(50), Infinity), ALL, [0.5, 0.99]);
    const reason = "beyond the range of a double";
    expect(found.mean).toMatchObject({ value: null, reason });
    expect(found.sd).toMatchObject({ value: null, reason });
    expect(found.quantiles[0].var.value).toBe(26);
    expect(found.quantiles[0].var).not.toHaveProperty("reason");
    expect(found.quantiles[0].tvar).toMatchObject({ value: null, reason });
    expect(found.quantiles[1].var).toMatchObject({ value: null, reason });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

test("one trial has values and no errors", () => {
  const found = reportOf(Float64Array.of(42.5), ALL, [0.99]);
  const unsure = { se: null, low: null, high: null };
  expect(found).toEqual({
    claims: { value: 1, se: null, reason: "needs n ≥ 2" },
    mean: { value: 42.5, ...unsure, reason: "needs n ≥ 2" },
    sd: { value: null, ...unsure, reason: "needs n ≥ 2" },
    quantiles: [
      {
        p: 0.99,
        returnPeriod: 100,
        var: { value: 42.5, ...unsure, reason: "needs n ≥ 368" },
        tvar: { value: 42.5, ...unsure, reason: "needs n ≥ 368" },
        oep: { value: 42.5, ...unsure, reason: "needs n ≥ 368" },
      },
    ],
  });
});

test("the lower end of an sd's interval is not negative, even where one loss makes all of it", () => {
  const total = new Float64Array(200);
  total[0] = 1e6;
  const { value, low } = reportOf(total).sd;
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThan(0.05 * value!);
});

/** The places that a report refuses, after the code with which it does. */
function refusalOf(levels: readonly number[]): string[] {
  try {
    reportOf(scattered(10), ALL, levels);
    return [];
  } catch (error) {
    const { code, faults } = error as LossmillError;
    return [code, ...faults.map(({ place }) => place)];
  }
}

test("levels outside (0, 1) are refused, all at once", () => {
  expect(refusalOf([0.5])).toEqual([]);
  expect(refusalOf([0, 0.5, 1, Number.NaN])).toEqual(["BAD_CONFIGURATION", "levels[0]", "levels[2]", "levels[3]"]);
  expect(() => checkLevels([99.5])).toThrow("levels[0]: expected a probability between 0 and 1, found 99.5");
});

test("without largest claims and numbers of claims it says that nobody asked for them", () => {
  const total = scattered(5000);
  const none = new Float64Array(0);
  const summary = summarize({ total, maxOccurrence: none, claims: none }, total.length, 0, ["total"]);
  const found = report({ summary, total, maxOccurrence: none, exists: ALL });
  const whole = reportOf(total);
  const reason = "not among the plan's outputs";
  expect(found.claims).toEqual({ value: null, se: null, reason });
  for (const [i, { oep, ...others }] of found.quantiles.entries()) {
    expect(oep).toEqual({ value: null, se: null, low: null, high: null, reason });
    const { oep: _, ...due } = whole.quantiles[i];
    expect(others).toEqual(due);
  }
  const running = runningSummary();
  running.add({
    block: { index: 0, start: 0, end: 4096 },
    losses: { total, maxOccurrence: total, claims: total },
    summary: summarize({ total, maxOccurrence: total, claims: total }, 4096, 0, ["total"]),
  });
  const streamed = running.report(ALL, [0.9]);
  expect([streamed.claims.reason, streamed.quantiles[0].oep.reason]).toEqual([reason, reason]);
  expect(streamed.quantiles[0].var.value).not.toBeNull();
});
