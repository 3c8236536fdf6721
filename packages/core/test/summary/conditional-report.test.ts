import { describe, expect, test } from "vitest";
import { COUNTS, SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import type { ClaimIntensity, SmoothPart } from "../../src/sampling/claim-intensity.ts";
import { intensityTable } from "../../src/sampling/intensity-table.ts";
import { type ConditionalInput, conditionalReport } from "../../src/summary/conditional-report.ts";
import { conditionalSweep } from "../../src/summary/conditional-trials.ts";
import { report } from "../../src/summary/report.ts";
import { summarize } from "../../src/summary/summary.ts";

const ALL = { mean: true, variance: true, fourthMoment: true };

/** Claims of sure amounts: `mass` a year of each. */
function sureAmounts(masses: ReadonlyMap<number, number>): ClaimIntensity {
  return { parts: [], steps: [...masses].map(([at, mass]) => ({ at, mass })), atoms: masses };
}

/** Exponential claims of mean 1. */
function exponential(lambda: number): ClaimIntensity {
  const beyond = (a: number) => lambda * Math.exp(-a);
  const part: SmoothPart = { top: Infinity, beyond, excess: beyond, kinks: [], upper: Infinity };
  return { parts: [part], steps: [], atoms: new Map() };
}

const trialOf = (total: number, largest: number, ties: number) => ({
  total: Float64Array.of(total),
  largest: Float64Array.of(largest),
  ties: Float64Array.of(ties),
});

test("the mean over all trials is the truth, ties and all", () => {
  const masses = new Map([
    [2, 0.7],
    [3, 0.4],
  ]);
  const table = intensityTable(sureAmounts(masses));
  const poisson = (mean: number, k: number) => {
    let p = Math.exp(-mean);
    for (let i = 1; i <= k; i++) p *= mean / i;
    return p;
  };
  const trials = Array.from({ length: 625 }, (_, i) => {
    const [twos, threes] = [i % 25, Math.floor(i / 25)];
    const largest = threes > 0 ? 3 : twos > 0 ? 2 : 0;
    const ties = threes > 0 ? threes : twos;
    return { p: poisson(0.7, twos) * poisson(0.4, threes), ...trialOf(2 * twos + 3 * threes, largest, ties) };
  });
  for (const x of [0, 1, 2, 2.5, 3, 4, 5, 6.5, 9, 12]) {
    let [probability, excess, squares] = [0, 0, 0];
    let truth = [0, 0, 0];
    for (const { p, ...trial } of trials) {
      const at = conditionalSweep({ ...trial, table }, 0).between(0, Infinity);
      probability += p * at.probability(x).mean;
      excess += p * at.excess(x).mean;
      squares += p * at.squares(x);
      const over = Math.max(trial.total[0] - x, 0);
      truth = [truth[0] + p * Number(over > 0), truth[1] + p * over, truth[2] + p * over * over];
    }
    expect(probability).toBeCloseTo(truth[0], 12);
    expect(excess).toBeCloseTo(truth[1], 11);
    expect(squares).toBeCloseTo(truth[2], 10);
  }
});

/** Years of exponential claims, drawn plainly. */
function yearsOf(n: number, lambda: number, seed = "5"): Omit<ConditionalInput, "table" | "exists"> {
  const { seek, fill } = uniformSource(seed);
  const uniforms = new Float64Array(n);
  const years = { total: new Float64Array(n), maxOccurrence: new Float64Array(n), claims: new Float64Array(n) };
  seek(0, 0, COUNTS);
  fill(uniforms, n);
  const counts = uniforms.map((u) => {
    let k = 0;
    for (let p = Math.exp(-lambda), sum = p; u > sum; sum += p) p *= lambda / ++k;
    return k;
  });
  seek(0, 0, SEVERITIES);
  const one = new Float64Array(1);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < counts[i]; k++) {
      fill(one, 1);
      const y = -Math.log(one[0]);
      years.total[i] += y;
      years.maxOccurrence[i] = Math.max(years.maxOccurrence[i], y);
      years.claims[i]++;
    }
  }
  return { ...years, ties: new Float64Array(n) };
}

const exponentialTable = intensityTable(exponential(2));

test("totals in bins stand for their trials", () => {
  const { total, maxOccurrence: largest } = yearsOf(20_000, 2);
  const trials = { total, largest, ties: null, table: exponentialTable };
  const one = conditionalSweep(trials, 0).between(0, Infinity);
  const sweep = conditionalSweep(trials, 8);
  for (const [from, to] of [
    [1, 3],
    [4, 9],
    [8, 12],
  ]) {
    const binned = sweep.between(from, to);
    for (const x of [from, (from + to) / 2, to]) {
      expect(binned.probability(x).mean / one.probability(x).mean).toBeCloseTo(1, 4);
      expect(binned.probability(x).variance / one.probability(x).variance).toBeCloseTo(1, 3);
      expect(binned.excess(x).mean / one.excess(x).mean).toBeCloseTo(1, 4);
      expect(binned.squares(x) / one.squares(x)).toBeCloseTo(1, 4);
    }
  }
});

describe("figures", () => {
  const levels = [0.02, 0.5, 0.9, 0.99, 0.999];
  const years = yearsOf(20_000, 2);
  const found = conditionalReport({ ...years, table: exponentialTable, exists: ALL, levels });
  const { total, maxOccurrence, claims } = years;
  const summary = summarize({ total, maxOccurrence, claims }, total.length, 0);
  const plain = report({ summary, total, maxOccurrence, exists: ALL, levels });

  test("but VaR and TVaR are those of plain trials", () => {
    expect({ ...found, quantiles: [] }).toEqual({ ...plain, quantiles: [] });
    expect(found.quantiles.map(({ oep }) => oep)).toEqual(plain.quantiles.map(({ oep }) => oep));
  });

  test("have less error than those of plain trials, far out, and never more", () => {
    for (const [i, { var: value, tvar }] of found.quantiles.entries()) {
      expect(value.se).toBeLessThanOrEqual(plain.quantiles[i].var.se! * 1.1);
      expect(tvar.effectiveTrials).toBeGreaterThanOrEqual(20_000);
    }
    expect(found.quantiles[4].var.effectiveTrials).toBeGreaterThan(4 * 20_000);
  });

  test("of plain trials stand where these know more", () => {
    const many = yearsOf(5000, 60);
    const { quantiles } = conditionalReport({
      ...many,
      table: intensityTable(exponential(60)),
      exists: ALL,
      levels: [0.2],
    });
    const order = many.total.toSorted();
    expect(quantiles[0].var).toMatchObject({ value: order[999], effectiveTrials: 5000 });
    expect(quantiles[0].tvar.effectiveTrials).toBeGreaterThanOrEqual(5000);
  });

  test("an order of levels changes nothing", () => {
    const backwards = conditionalReport({
      ...years,
      table: exponentialTable,
      exists: ALL,
      levels: levels.toReversed(),
    });
    expect(backwards.quantiles.toReversed()).toEqual(found.quantiles);
  });

  test("a VaR of 0 is one", () => {
    const { quantiles } = conditionalReport({ ...years, table: exponentialTable, exists: ALL, levels: [0.1] });
    expect(quantiles[0].var).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(quantiles[0].tvar.value).toBeCloseTo(2 / 0.9, 1);
  });

  test("where only the variance is infinite, TVaR has its error, and no mean has no TVaR", () => {
    const some = { ...years, table: exponentialTable, levels: [0.99] };
    const infinite = conditionalReport({ ...some, exists: { mean: true, variance: false, fourthMoment: false } });
    expect(infinite.quantiles[0].tvar.se).toBe(found.quantiles[3].tvar.se);
    expect(infinite.quantiles[0].tvar.effectiveTrials).toBeUndefined();
    const none = conditionalReport({ ...some, exists: { mean: false, variance: false, fourthMoment: false } });
    expect(none.quantiles[0].tvar).toMatchObject({ value: null, reason: "the mean is infinite" });
    expect(none.quantiles[0].var.value! / found.quantiles[3].var.value!).toBeCloseTo(1, 9);
  });

  test("few trials are enough for levels beyond them", () => {
    const few = yearsOf(500, 2);
    const { quantiles } = conditionalReport({ ...few, table: exponentialTable, exists: ALL, levels: [0.99, 0.999999] });
    const [{ var: known, tvar }, { var: beyond }] = quantiles;
    // P(S > x) = 0.01 by the series of the compound law in Erlang laws.
    expect(Math.abs(known.value! - 8.622568) / known.se!).toBeLessThan(4);
    expect(tvar.se).toBeGreaterThan(0);
    expect(beyond).toMatchObject({ se: null, reason: "needs n ≥ 64000000 in effective trials" });
    expect(beyond.value).toBeGreaterThan(known.value!);
  });
});

describe("runs of which little can be told", () => {
  const nothing = (n: number) => ({
    total: new Float64Array(n),
    maxOccurrence: new Float64Array(n),
    claims: new Float64Array(n),
    ties: new Float64Array(n),
    exists: ALL,
    levels: [0.5, 0.99],
  });

  test("one trial has no errors", () => {
    const { quantiles } = conditionalReport({ ...nothing(1), table: exponentialTable });
    for (const { var: value, tvar } of quantiles) {
      expect(value).toMatchObject({ se: null, reason: expect.any(String) });
      expect(tvar).toMatchObject({ se: null, reason: expect.any(String) });
    }
  });

  test("trials without claims tell nothing of others", () => {
    const { quantiles } = conditionalReport({ ...nothing(10), table: exponentialTable });
    for (const { var: value, tvar } of quantiles) {
      expect(value).toMatchObject({ se: null, reason: "no two trials differ" });
      expect(tvar).toMatchObject({ se: null, reason: "no two trials differ" });
    }
    expect(quantiles[1].var.value).toBeCloseTo(Math.log(2 / 0.01), 6);
  });

  test("where there is nothing to claim all is 0", () => {
    const { quantiles } = conditionalReport({ ...nothing(10), table: intensityTable(sureAmounts(new Map())) });
    for (const { var: value, tvar } of quantiles) {
      expect(value).toMatchObject({ value: 0, low: 0, high: 0 });
      expect(tvar).toMatchObject({ value: 0, se: 0 });
    }
  });

  test("a level that is none is refused", () => {
    expect(() => conditionalReport({ ...nothing(1), table: exponentialTable, levels: [1] })).toThrow(/levels\[0\]/u);
  });
});
