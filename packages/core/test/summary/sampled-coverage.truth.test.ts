import { expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import type { Figure } from "../../src/summary/figure.ts";
import { type SampledInput, sampledReport } from "../../src/summary/sampled-report.ts";

/**
 * Repeated runs of which the truth is known in closed form, as is how many plain trials each of theirs is worth. Exponential
 * losses of mean 1: VaR_p = −ln(1 − p), TVaR_p = 1 − ln(1 − p), sd 1.
 */
const { seek, fill } = uniformSource("20270101");

function exponential(stream: number, run: number, n: number): Float64Array {
  return uniforms(stream, run, n).map((u) => -Math.log(u));
}

function uniforms(stream: number, run: number, n: number): Float64Array {
  seek(stream, run, SEVERITIES);
  const drawn = new Float64Array(n);
  fill(drawn, n);
  return drawn;
}

const NAMES = ["mean", "sd", "var", "tvar"] as const;
type Name = (typeof NAMES)[number];
type Truth = Readonly<Record<Name, number>>;
type Run = Pick<SampledInput, "total" | "weights" | "grouping" | "controls">;

function figuresOf(run: Run, p: number): Record<Name, Figure> {
  const exists = { mean: true, variance: true, fourthMoment: true };
  const report = sampledReport({ ...run, maxOccurrence: run.total, claims: run.total, exists, levels: [p] });
  const [{ var: value, tvar, oep }] = report.quantiles;
  expect(oep).toEqual(value);
  return { mean: report.mean, sd: report.sd, var: value, tvar };
}

interface Measured {
  /** Share of runs whose interval holds the truth. */
  readonly held: number;
  /** Effective trials over trials, on average. */
  readonly worth: number;
  /** Average standard error over the root mean square of the errors. */
  readonly honesty: number;
}

function measure(runs: number, p: number, truth: Truth, make: (run: number) => Run): Record<Name, Measured> {
  const held = { mean: 0, sd: 0, var: 0, tvar: 0 };
  const worth = { ...held };
  const se = { ...held };
  const squares = { ...held };
  for (let index = 0; index < runs; index++) {
    const run = make(index);
    const figures = figuresOf(run, p);
    for (const name of NAMES) {
      const { value, low, high, se: error, effectiveTrials } = figures[name];
      held[name] += Number(low! <= truth[name] && truth[name] <= high!);
      worth[name] += effectiveTrials! / run.total.length / runs;
      se[name] += error! / runs;
      squares[name] += ((value! - truth[name]) * (value! - truth[name])) / runs;
    }
  }
  const of = (name: Name) => ({
    held: held[name] / runs,
    worth: worth[name],
    honesty: se[name] / Math.sqrt(squares[name]),
  });
  const measured = { mean: of("mean"), sd: of("sd"), var: of("var"), tvar: of("tvar") };
  console.log("intervals that hold the truth, trials' worth, errors told over errors made:", measured);
  return measured;
}

/** A share of 1,000 runs has a standard deviation of 0.7 %, an average error over a root mean square one of 2 to 3 %. */
function expectHonest(measured: Record<Name, Measured>, names: readonly Name[] = NAMES): void {
  for (const name of names) {
    const { held, honesty } = measured[name];
    expect([name, held >= 0.93 && held <= 0.97]).toEqual([name, true]);
    expect([name, honesty > 0.93 && honesty < 1.07]).toEqual([name, true]);
  }
}

const exponentialTruth = (p: number): Truth => {
  const value = -Math.log(1 - p);
  return { mean: 1, sd: 1, var: value, tvar: 1 + value };
};

const RUNS = 1000;

test("antithetic pairs", () => {
  const n = 4096;
  const measured = measure(RUNS, 0.95, exponentialTruth(0.95), (run) => {
    const drawn = uniforms(8, run, n / 2);
    const total = new Float64Array(n);
    for (let i = 0; i < n / 2; i++) {
      total[2 * i] = -Math.log(drawn[i]);
      total[2 * i + 1] = -Math.log1p(-drawn[i]);
    }
    return { total, weights: null, grouping: { size: 2 }, controls: [] };
  });
  expectHonest(measured);
  // The correlation of −ln U and −ln(1 − U) is 1 − π²/6; that of being beyond VaR −0.05 / 0.95.
  expect(measured.mean.worth * (2 - (Math.PI * Math.PI) / 6)).toBeCloseTo(1, 1.5);
  expect(measured.var.worth * (1 - 0.05 / 0.95)).toBeCloseTo(1, 2);
});

test("trials from a law with a heavier tail, with weights", () => {
  const n = 2048;
  const p = 0.99;
  const measured = measure(RUNS, p, exponentialTruth(p), (run) => {
    const total = exponential(1, run, n).map((x) => 3 * x);
    return { total, weights: total.map((x) => 3 * Math.exp((-2 * x) / 3)), grouping: { size: 1 }, controls: [] };
  });
  expectHonest(measured);
  // Of w · 1{X > VaR}: variance E w² 1 − q² = 1.8 q^(5/3) − q², covariance with w 1.8 q^(5/3) − q, and Var w = 0.8.
  const q = 1 - p;
  const power = Math.exp((5 / 3) * Math.log(q));
  const left = (square: number, product: number) => square - q * q - ((product - q) * (product - q)) / 0.8;
  expect(measured.var.worth / ((q * (1 - q)) / left(1.8 * power, 1.8 * power))).toBeCloseTo(1, 1.3);
  // Of w · (X − VaR)+: 1.296 q^(5/3) − q² and 1.08 q^(5/3) − q; of plain trials 2q − q².
  expect(measured.tvar.worth / ((2 * q - q * q) / left(1.296 * power, 1.08 * power))).toBeCloseTo(1, 1.3);
});

/** A sum of two exponential losses, P(X > x) = (1 + x) e^−x, of which one is known to have the mean 1. */
function erlangTruth(p: number): Truth {
  let [low, high] = [0, 50];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if ((1 + middle) * Math.exp(-middle) > 1 - p) low = middle;
    else high = middle;
  }
  return { mean: 2, sd: Math.SQRT2, var: low, tvar: low + ((low + 2) * Math.exp(-low)) / (1 - p) };
}

function controlled(run: number, n: number): Run {
  const first = exponential(2, run, n);
  const second = exponential(3, run, n);
  const total = first.map((x, i) => x + second[i]);
  return { total, weights: null, grouping: { size: 1 }, controls: [{ values: first, mean: 1 }] };
}

test("a control that explains half of the variance", () => {
  const measured = measure(RUNS, 0.95, erlangTruth(0.95), (run) => controlled(run, 2048));
  expectHonest(measured);
  expect(measured.mean.worth).toBeCloseTo(2, 1);
});

test("with four times the trials, half the error", () => {
  const average = (n: number, name: Name) => {
    let sum = 0;
    for (let run = 0; run < 50; run++) sum += figuresOf(controlled(run, n), 0.9)[name].se! / 50;
    return sum;
  };
  for (const name of NAMES) expect(average(1024, name) / average(4096, name)).toBeCloseTo(2, 0.7);
});

test("strata", () => {
  const size = 16;
  const measured = measure(RUNS, 0.95, exponentialTruth(0.95), (run) => {
    const total = uniforms(4, run, 4096).map((u, i) => -Math.log(((i % size) + u) / size));
    return { total, weights: null, grouping: { size }, controls: [] };
  });
  expectHonest(measured);
  // Of 16 strata only the first, where VaR lies at 0.8 of it, is not decided.
  expect((measured.var.worth * 0.8 * 0.2) / (16 * 0.05 * 0.95)).toBeCloseTo(1, 1);
});

test("a few replicates with a year's weather each: Student's intervals", () => {
  const replicates = 6;
  const measured = measure(400, 0.95, exponentialTruth(0.95), (run) => {
    const weather = uniforms(7, run, replicates);
    const total = exponential(6, run, replicates * 4096);
    for (let i = 0; i < total.length; i++) total[i] *= 0.93 + 0.14 * weather[Math.floor(i / 4096)];
    return { total, weights: null, grouping: { replicates }, controls: [] };
  });
  expect(measured.mean.worth).toBeLessThan(0.3);
  // 400 runs: 1.1 % a standard deviation; of six uniform shifts Student's law is near.
  for (const name of ["mean", "var", "tvar"] as const) {
    expect([name, measured[name].held >= 0.92 && measured[name].held <= 0.98]).toEqual([name, true]);
  }
});
