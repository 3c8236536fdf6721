import { describe, expect, test } from "vitest";
import type { LossmillError } from "../../src/errors.ts";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import type { Figure } from "../../src/summary/figure.ts";
import { type ExistingMoments, LEVELS, report } from "../../src/summary/report.ts";
import { type SampledInput, sampledReport } from "../../src/summary/sampled-report.ts";
import { summarize } from "../../src/summary/summary.ts";
import { relativeError, weighted } from "./vectors.ts";

const ALL: ExistingMoments = { mean: true, variance: true, fourthMoment: true };
const { seek, fill } = uniformSource("20270102");

function uniforms(run: number, n: number): Float64Array {
  seek(0, run, SEVERITIES);
  const drawn = new Float64Array(n);
  fill(drawn, n);
  return drawn;
}

/** Losses of which two in five are 0. */
const losses = (run: number, n: number) => uniforms(run, n).map((u) => (u > 0.6 ? 0 : -1000 * Math.log(u / 0.6)));

function sampled(total: Float64Array, more: Partial<SampledInput> = {}) {
  const claims = total.map((x) => (x > 0 ? 1 : 0));
  const plain = { maxOccurrence: total, weights: null, grouping: { size: 1 }, controls: [], exists: ALL };
  return sampledReport({ total, claims, ...plain, ...more });
}

function plainReport(total: Float64Array, exists = ALL, levels = LEVELS, maxOccurrence = total) {
  const claims = total.map((x) => (x > 0 ? 1 : 0));
  const summary = summarize({ total, maxOccurrence, claims }, total.length, 0);
  return report({ summary, total, maxOccurrence, exists, levels });
}

/** Two figures whose values, errors and intervals differ by `tolerance` at most. */
function expectNear(found: Figure, expected: Figure, tolerance: number): void {
  for (const name of ["value", "se", "low", "high"] as const) {
    if (expected[name] === null) expect([name, found[name]]).toEqual([name, null]);
    else expect(relativeError(found[name]!, expected[name])).toBeLessThan(tolerance);
  }
}

describe("of plain trials it is the plain report", () => {
  test.each([50, 5000, 20_000])("%d losses", (n) => {
    const total = losses(n, n);
    const maxOccurrence = total.map((x) => Math.floor(x / 2));
    const found = sampled(total, { maxOccurrence });
    const plain = plainReport(total, ALL, LEVELS, maxOccurrence);
    // Student's quantile of few trials is larger; the sd's error is of n − 1 squares.
    const wider = 4 / n;
    expectNear(found.mean, plain.mean, wider + 1e-4);
    expectNear(found.sd, plain.sd, 2 * wider + 1e-4);
    expect(found.claims.value).toBeCloseTo(plain.claims.value!, 14);
    expect(found.claims.se).toBeCloseTo(plain.claims.se!, 14);
    found.quantiles.forEach(({ p, returnPeriod, var: value, tvar, oep }, i) => {
      const expected = plain.quantiles[i];
      expect({ p, returnPeriod }).toEqual({ p: expected.p, returnPeriod: expected.returnPeriod });
      expect({ ...value, effectiveTrials: 0, reason: "" }).toEqual({ ...expected.var, effectiveTrials: 0, reason: "" });
      expect({ ...oep, effectiveTrials: 0, reason: "" }).toEqual({ ...expected.oep, effectiveTrials: 0, reason: "" });
      expect(relativeError(tvar.value!, expected.tvar.value!)).toBeLessThan(2e-15);
      expectNear(tvar, expected.tvar, wider + 1e-4);
      expect(value.effectiveTrials! / n).toBeCloseTo(1, 12);
      if (tvar.se !== null) expect(tvar.effectiveTrials! / n).toBeCloseTo(1, 12);
      if (expected.var.reason !== undefined) {
        expect(value.reason).toBe(`${expected.var.reason} in effective trials`);
        expect(tvar.reason).toBe(value.reason);
      }
    });
    expect(found.mean.effectiveTrials! / n).toBeCloseTo(1, 12);
    expect(found.sd.effectiveTrials! / n).toBeCloseTo(1, 1);
  });

  test("and it leaves its input as it is", () => {
    const total = losses(1, 100);
    const weights = new Float64Array(100).fill(1);
    sampled(total, { weights, controls: [{ values: weights, mean: 1 }] });
    expect([total, weights]).toEqual([losses(1, 100), new Float64Array(100).fill(1)]);
  });
});

describe.each(weighted.filter(({ n }) => n > 1))(
  "weights: $name",
  ({ sample, weights, n, sumWeights, mean, ...more }) => {
    const total = Float64Array.from(sample);
    const rows = more.tail.filter(({ p }) => p > 0);
    const levels = rows.map(({ p }) => p);

    test("made 1 on average, they have the figures of exact fractions", () => {
      const scaled = Float64Array.from(weights, (w) => (w * n) / sumWeights);
      const found = sampled(total, { weights: scaled, levels });
      expect(relativeError(found.mean.value!, mean)).toBeLessThan(4e-15);
      found.quantiles.forEach(({ var: value, tvar }, i) => {
        expect(value.value).toBe(rows[i].var);
        expect(relativeError(tvar.value!, rows[i].tvar)).toBeLessThan(4e-15);
      });
    });

    test("as they are, too few to be a control, they have the mean of w · x and its error", () => {
      if (n >= 10) return;
      const found = sampled(total, { weights: Float64Array.from(weights), levels: [] });
      expect(relativeError(found.mean.value!, more.seMeanUnnormalised.value)).toBeLessThan(4e-15);
      expect(relativeError(found.mean.se!, more.seMeanUnnormalised.se as number)).toBeLessThan(4e-15);
    });
  },
);

test("trials that are each there twice are worth half of them", () => {
  const half = losses(2, 3000);
  const total = Float64Array.from({ length: 6000 }, (_, i) => half[Math.floor(i / 2)]);
  const found = sampled(total, { grouping: { size: 2 }, levels: [0.95] });
  const once = sampled(half, { levels: [0.95] });
  const [figures, expected] = [found, once].map(({ mean, quantiles: [{ var: value, tvar }] }) => [mean, value, tvar]);
  figures.forEach((figure, i) => {
    expectNear(figure, expected[i], 1e-3);
    expect(figure.effectiveTrials! / 3000).toBeCloseTo(1, 3);
  });
});

describe("controls", () => {
  const total = losses(3, 4000);

  test("the loss itself, its mean known, leaves no error of the mean", () => {
    const found = sampled(total, { controls: [{ values: total, mean: 400 }], levels: [] });
    expect(found.mean.value).toBeCloseTo(400, 9);
    expect(found.mean.se).toBeLessThan(1e-5);
  });

  test("a tail whose probability is known moves VaR to where it is", () => {
    const sorted = total.slice().sort();
    // Above the 3,900th loss there are 100 of 4,000; were their probability 0.02, VaR_0.98 would be that loss.
    const beyond = total.map((x) => Number(x > sorted[3899]));
    const [{ var: value, tvar, oep }] = sampled(total, {
      controls: [{ values: beyond, mean: 0.02 }],
      levels: [0.975],
      maxOccurrence: total.map((x) => 2 * x),
    }).quantiles;
    // P(X > x) of the level is 0.025, as raw; known to be 5/4 too high, it is that of the 3,880th.
    expect(value.value).toBe(sorted[3879]);
    expect(oep.value).toBe(2 * value.value!);
    expect(value.low).toBeLessThanOrEqual(value.value!);
    expect(value.high! - value.low!).toBeLessThan(sorted[3882] - sorted[3876]);
    expect(value.effectiveTrials).toBeGreaterThan(1e5);
    expect(tvar.value).toBeGreaterThan(value.value!);
  });

  test("are not heard where they would leave a negative variance", () => {
    const squares = total.map((x) => x * x);
    const found = sampled(total, { controls: [{ values: squares, mean: -1e9 }], levels: [] });
    expect(found.sd.value).toBeGreaterThan(0);
  });
});

describe("what is infinite is said", () => {
  const total = losses(4, 5000);
  const nothing = { value: null, se: null, low: null, high: null };

  test("an infinite mean leaves only quantiles", () => {
    const found = sampled(total, { exists: { mean: false, variance: false, fourthMoment: false }, levels: [0.9] });
    const figure = { ...nothing, reason: "the mean is infinite" };
    expect(found).toMatchObject({ mean: figure, sd: figure, quantiles: [{ tvar: figure }] });
    expect(found.quantiles[0].var.se).toBeGreaterThan(0);
  });

  test("an infinite variance leaves mean and TVaR without error", () => {
    const found = sampled(total, { exists: { mean: true, variance: false, fourthMoment: false }, levels: [0.9] });
    const plain = plainReport(total, { mean: true, variance: false, fourthMoment: false }, [0.9]);
    expectNear(found.mean, plain.mean, 1e-14);
    expect(found.mean.reason).toBe(plain.mean.reason);
    expect(found.sd).toEqual(plain.sd);
    expectNear(found.quantiles[0].tvar, plain.quantiles[0].tvar, 1e-14);
    expect(found.quantiles[0].tvar.reason).toBe("the variance is infinite");
  });

  test("an infinite fourth moment leaves the sd without error", () => {
    const found = sampled(total, { exists: { ...ALL, fourthMoment: false }, levels: [] });
    expect(found.sd).toMatchObject({ se: null, reason: "the fourth moment is infinite" });
    expect(found.mean.se).not.toBeNull();
  });

  test("and so is an overflow", () => {
    const found = sampled(Float64Array.of(...losses(4, 50), Infinity), { levels: [0.5, 0.99] });
    const figure = { ...nothing, reason: "beyond the range of a double" };
    expect(found).toMatchObject({ mean: figure, sd: figure });
    expect(found.quantiles).toMatchObject([{ tvar: figure }, { var: figure, tvar: figure }]);
    expect(found.quantiles[0].var.se).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe("little to go by", () => {
  const unsure = { se: null, low: null, high: null };

  test("one trial has values and no errors", () => {
    const reason = "needs n ≥ 2";
    const found = sampled(Float64Array.of(42.5), { levels: [0.99] });
    const value = { value: 42.5, ...unsure, reason };
    expect(found).toEqual({
      claims: { value: 1, se: null, reason },
      mean: value,
      sd: { value: null, ...unsure, reason },
      quantiles: [{ p: 0.99, returnPeriod: 100, var: value, tvar: value, oep: value }],
    });
  });

  test("so has one group", () => {
    const total = losses(5, 1000);
    const found = sampled(total, { grouping: { size: 1024 }, levels: [0.5] });
    const plain = plainReport(total, ALL, [0.5]);
    const reason = "needs two groups of trials";
    expect(found.claims).toMatchObject({ se: null, reason });
    expect(found.mean).toMatchObject({ ...unsure, reason });
    expect(relativeError(found.mean.value!, plain.mean.value!)).toBeLessThan(1e-14);
    expect(found.sd).toMatchObject({ ...unsure, reason });
    expect(relativeError(found.sd.value!, plain.sd.value!)).toBeLessThan(1e-14);
    expect(found.quantiles[0].var).toEqual({ value: plain.quantiles[0].var.value, ...unsure, reason });
    expect(found.quantiles[0].tvar).toMatchObject({ ...unsure, reason });
  });

  test("two groups have wide intervals, and an sd is not negative", () => {
    const total = losses(6, 2 * 4096);
    const found = sampled(
      total.map((x, i) => (i < 4096 ? x : 5 * x)),
      { grouping: { replicates: 2 }, levels: [0.5] },
    );
    expect((found.mean.high! - found.mean.low!) / (2 * found.mean.se!)).toBeCloseTo(12.706, 3);
    expect(found.sd.low).toBe(0);
    expect(found.quantiles[0].var).toMatchObject({ ...unsure, reason: "needs n ≥ 6 in effective trials" });
  });

  test("fewer blocks than replicates, and a last one that is shorter", () => {
    const total = losses(7, 3 * 4096 + 1000);
    const found = sampled(total, { grouping: { replicates: 16 }, levels: [0.9] });
    // Student's quantile for 4 − 1 degrees.
    expect((found.mean.high! - found.mean.low!) / (2 * found.mean.se!)).toBeCloseTo(3.18245, 5);
    const plain = plainReport(total, ALL, [0.9]);
    expect(found.mean.se! / plain.mean.se!).toBeGreaterThan(0.2);
    expect(found.mean.se! / plain.mean.se!).toBeLessThan(3);
    expect(found.quantiles[0].var.value).toBe(plain.quantiles[0].var.value);
  });
});

describe("little that differs", () => {
  test("losses that are all equal have no error", () => {
    const found = sampled(new Float64Array(5000).fill(1000.1), { grouping: { size: 2 } });
    expect(found.mean.value).toBeCloseTo(1000.1, 10);
    expect(found.mean.se).toBeLessThan(1e-12);
    expect(found.sd.value).toBeLessThan(1e-12);
    for (const { var: value, tvar, oep } of found.quantiles) {
      expect(value).toMatchObject({ value: 1000.1, se: 0, low: 1000.1, high: 1000.1 });
      expect(tvar).toMatchObject({ value: 1000.1, se: 0 });
      expect(oep).toEqual(value);
    }
  });

  test("losses that are all 0 are 0", () => {
    const found = sampled(new Float64Array(5000));
    expect(found.mean).toEqual({ value: 0, se: 0, low: 0, high: 0 });
    expect(found.sd).toEqual({ value: 0, se: 0, low: 0, high: 0 });
    expect(found.quantiles[10].var).toEqual({ value: 0, se: 0, low: 0, high: 0, effectiveTrials: 5000 });
  });

  test("a quantile among many losses of 0 is 0, with the interval that a plain one has", () => {
    const total = losses(8, 5000);
    const found = sampled(total, { levels: [0.3, 0.4] });
    const plain = plainReport(total, ALL, [0.3, 0.4]);
    expect(found.quantiles[0].var).toMatchObject({ ...plain.quantiles[0].var, value: 0, low: 0, high: 0 });
    expect(found.quantiles[1].var).toMatchObject({ ...plain.quantiles[1].var, low: 0 });
  });

  test("many losses at a limit have it as quantile", () => {
    const found = sampled(
      losses(9, 5000).map((x) => Math.min(x, 1000)),
      { levels: [0.9, 0.99] },
    );
    for (const { var: value } of found.quantiles)
      expect(value).toMatchObject({ value: 1000, se: 0, low: 1000, high: 1000 });
  });

  test("groups that all have as much beyond a quantile leave its step to be unknown", () => {
    const total = Float64Array.from({ length: 8000 }, (_, i) => i % 8);
    const [{ var: value }] = sampled(total, { grouping: { size: 8 }, levels: [0.5] }).quantiles;
    expect(value).toMatchObject({ value: 3, low: 3, high: 4 });
    expect(value.effectiveTrials! / (0.25 * 8000 * 8000)).toBeCloseTo(1, 3);
  });

  test("trials without weight are as if they were not there", () => {
    const total = losses(10, 4000);
    const twice = Float64Array.from({ length: 8000 }, (_, i) => (i % 2 === 0 ? total[i / 2] : 1e9));
    const weights = Float64Array.from({ length: 8000 }, (_, i) => (i % 2 === 0 ? 2 : 0));
    const found = sampled(twice, { weights, grouping: { size: 2 }, levels: [0.9, 0.999] });
    const plain = sampled(total, { levels: [0.9, 0.999] });
    expectNear(found.mean, plain.mean, 1e-3);
    found.quantiles.forEach(({ var: value, tvar }, i) => {
      expect(value.value).toBe(plain.quantiles[i].var.value);
      expect(relativeError(tvar.value!, plain.quantiles[i].tvar.value!)).toBeLessThan(1e-14);
    });
  });

  test("beyond the largest loss its own weight tells how much is known", () => {
    const total = losses(12, 1000);
    const largest = total.indexOf(Math.max(...total));
    const weights = total.map((_, i) => (i === largest ? 0.02 : 0.5 + (i % 2)));
    const [{ var: value }] = sampled(total, { weights, levels: [0.99999] }).quantiles;
    expect(value).toMatchObject({ value: total[largest], se: null, reason: "needs n ≥ 368887 in effective trials" });
    // One of 1,000 trials, with a 50th of the weight.
    expect(value.effectiveTrials! / (1000 / 0.02)).toBeCloseTo(1, 1.5);
  });

  test("no weight at all leaves nothing", () => {
    const found = sampled(losses(11, 100), { weights: new Float64Array(100), levels: [0.9] });
    const nothing = { value: null, se: null, low: null, high: null, reason: "no trial has a weight" };
    expect(found.quantiles[0]).toMatchObject({ var: nothing, tvar: nothing, oep: nothing });
  });
});

/** The code and the places that a report refuses. */
function refusalOf(more: Partial<SampledInput>): string[] {
  try {
    sampled(new Float64Array(3), more);
    return [];
  } catch (error) {
    const { code, faults } = error as LossmillError;
    return [code, ...faults.map(({ place }) => place)];
  }
}

test("what does not fit is refused", () => {
  const short = new Float64Array(2);
  expect(refusalOf({})).toEqual([]);
  expect(refusalOf({ levels: [0.5, 1] })).toEqual(["BAD_CONFIGURATION", "levels[1]"]);
  expect(refusalOf({ grouping: { replicates: 0 } })).toEqual(["BAD_CONFIGURATION", "grouping.replicates"]);
  const wrong = { maxOccurrence: short, claims: short, weights: short, controls: [{ values: short, mean: 0 }] };
  expect(refusalOf(wrong)).toEqual(["BAD_CONFIGURATION", "maxOccurrence", "claims", "weights", "controls[0].values"]);
});
