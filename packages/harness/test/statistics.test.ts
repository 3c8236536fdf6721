import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../src/index.ts";
import { binomialDistance } from "../src/statistics/binomial-distance.ts";
import { kolmogorovPValue, kolmogorovTail } from "../src/statistics/kolmogorov.ts";
import { largestDifference, largestSampleDifference } from "../src/statistics/largest-difference.ts";
import { FINE, ROUGH, layerMoments } from "../src/statistics/layer-moments.ts";
import { kurtosisOf, skewnessOf } from "../src/statistics/sample-moments.ts";
import { countAtMost, countBelow } from "../src/statistics/sorted.ts";
import { standardErrors } from "../src/statistics/standard-errors.ts";

/** Park and Miller's generator, for tests that need the same draws each time. */
function random(): () => number {
  let state = 20_270_101;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe("Kolmogorov's law", () => {
  // Jacobi's other series of the same law: 1 − √(2π)/x Σ exp(−(2k − 1)² π² / (8x²)), which converges where x is small.
  const otherSeries = (x: number) => {
    let sum = 0;
    for (let k = 1; k < 40; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  };

  test("equals its other series", () => {
    let worst = 0;
    for (let x = 0.01; x < 3; x += 0.01) worst = Math.max(worst, Math.abs(kolmogorovTail(x) - otherSeries(x)));
    console.log(`Kolmogorov's law: error ${worst.toExponential(1)}`);
    expect(worst).toBeLessThan(1e-13);
  });

  test("has the critical values of every table", () => {
    expect(kolmogorovTail(1.3581)).toBeCloseTo(0.05, 5);
    expect(kolmogorovTail(1.62762)).toBeCloseTo(0.01, 5);
    expect(kolmogorovTail(50)).toBe(0);
    // Miller 1956: D of 100 draws passes 0.13403 once in 20.
    expect(kolmogorovPValue(0.13403, 100)).toBeCloseTo(0.05, 3);
  });
});

describe("binomial distance", () => {
  test("is the usual one where many are expected and little is missing", () => {
    expect(binomialDistance(505_000, 1e6, 0.5)).toBeCloseTo(10, 1);
    expect(binomialDistance(495_000, 1e6, 0.5)).toBeCloseTo(-10, 1);
    expect(binomialDistance(5, 10, 0.5)).toBe(0);
  });

  test("passes a limit as seldom as a normal variable, however few are expected", () => {
    for (const [n, p] of [
      [40, 0.25],
      [1000, 0.01],
      [5000, 0.002],
      [100_000, 0.0001],
    ]) {
      let probability = (1 - p) ** n;
      let beyond = 0;
      for (let k = 0; k <= n; k++) {
        if (Math.abs(binomialDistance(k, n, p)) > LIMITS.standardErrors) beyond += probability;
        probability *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      console.log(`binomial ${n} ${p}: beyond the limit in ${beyond.toExponential(1)}; normal 2.0e-6`);
      expect(beyond).toBeLessThan(2.1e-6);
    }
  });
});

describe("standard errors", () => {
  const base = { observed: 10, exact: 7, error: 0, se: 1, skewness: 0 };

  test("count from the edge of the exact value's error", () => {
    expect(standardErrors(base)).toBeCloseTo(3, 6);
    expect(standardErrors({ ...base, error: 1 })).toBeCloseTo(2, 6);
    expect(standardErrors({ ...base, error: 4 })).toBe(0);
    expect(standardErrors({ ...base, observed: 4 })).toBeCloseTo(3, 6);
  });

  test("without spread are none or beyond measure", () => {
    expect(standardErrors({ ...base, se: 0 })).toBe(1e9);
    expect(standardErrors({ ...base, se: 0, exact: 10 * (1 + 1e-12) })).toBe(0);
  });

  test.each([0.01, 0.1, 0.5, 1])("undo a skewness of %d", (s) => {
    for (const w of [2, 4, 6]) {
      const known = w + (s / 6) * (w * w - 1);
      const estimated = w + (s / 6) * (2 * w * w + 1);
      expect(standardErrors({ ...base, exact: 10 - known, skewness: s })).toBeCloseTo(w, 6);
      expect(standardErrors({ ...base, exact: 10 - estimated, skewness: -s, isStudentized: true })).toBeCloseTo(w, 6);
    }
    expect(standardErrors({ ...base, exact: 10 - s / 12, skewness: s, isStudentized: true })).toBe(0);
  });
});

describe("moments of a layer", () => {
  const exponential = { cdf: (x: number) => (x < 0 ? 0 : -Math.expm1(-x)), resolution: 0, error: 0, upTo: Infinity };

  test("of an exponential law", () => {
    const whole = layerMoments(exponential, 0, 60, FINE);
    expect(Math.abs(whole.mean - 1)).toBeLessThan(Math.min(1e-5, whole.error));
    expect(whole.error).toBeLessThan(1e-3);
    expect(whole.sd).toBeCloseTo(1, 5);
    expect(whole.skewness).toBeCloseTo(2, 4);
    expect(whole.kurtosis).toBeCloseTo(9, 3);
    const layer = layerMoments(exponential, 1, 3, FINE);
    expect(layer.mean).toBeCloseTo(Math.exp(-1) - Math.exp(-3), 6);
  });

  test("to a per cent with fewer nodes", () => {
    const rough = layerMoments(exponential, 0, 60, ROUGH);
    expect(Math.abs(rough.sd - 1)).toBeLessThan(1e-4);
    expect(Math.abs(rough.skewness / 2 - 1)).toBeLessThan(1e-3);
    expect(Math.abs(rough.kurtosis / 9 - 1)).toBeLessThan(1e-3);
  });

  test("the mean's error has what the distribution leaves open", () => {
    const vague = layerMoments({ ...exponential, resolution: 0.01, error: 1e-4 }, 1, 3, FINE);
    expect(vague.error).toBeGreaterThan(0.01 * Math.exp(-1) + 2e-4);
  });

  test("of nothing", () => {
    const nothing = layerMoments({ ...exponential, cdf: () => 1 }, 0, 1, ROUGH);
    expect(nothing).toMatchObject({ mean: 0, sd: 0, skewness: 0, kurtosis: 1 });
  });
});

describe("largest differences", () => {
  const brute = (ordered: Float64Array, cdf: (x: number) => number) => {
    const n = ordered.length;
    return Math.max(0, ...Array.from(ordered, (x, i) => Math.max((i + 1) / n - cdf(x), cdf(x * (1 - 1e-9)) - i / n)));
  };

  test("is found without looking everywhere", () => {
    const draw = random();
    for (const [n, power] of [
      [1, 1],
      [2, 1],
      [100, 1],
      [20_000, 1],
      [20_000, 1.1],
    ]) {
      const ordered = Float64Array.from({ length: n }, () => draw() ** power).sort();
      let calls = 0;
      const cdf = (x: number) => {
        calls++;
        return Math.min(1, Math.max(0, x));
      };
      const found = largestDifference(ordered, { cdf, resolution: 0, error: 0, upTo: Infinity });
      console.log(`${n} draws, power ${power}: D ${found.toPrecision(4)}, ${calls} evaluations`);
      expect(found).toBeCloseTo(
        brute(ordered, (x) => x),
        8,
      );
      if (n === 20_000) expect(calls).toBeLessThan(n / 2);
    }
  });

  test("is 0 within a distribution's resolution and error, and at its atoms", () => {
    const ordered = Float64Array.of(0, 0, 0, 5, 5, 10);
    const steps = (x: number) => (x < 0 ? 0 : x < 5 ? 0.5 : x < 10 ? 5 / 6 : 1);
    const exact = { cdf: steps, resolution: 0, error: 0, upTo: Infinity };
    expect(largestDifference(ordered, exact)).toBe(0);
    const shifted = { ...exact, cdf: (x: number) => steps(x - 0.4), resolution: 0.5 };
    expect(largestDifference(ordered, shifted)).toBe(0);
    expect(largestDifference(ordered, { ...shifted, resolution: 0.3 })).toBeGreaterThan(0.3);
    expect(largestDifference(ordered, { ...exact, cdf: (x) => steps(x) - 0.01, error: 0.01 })).toBeCloseTo(0, 12);
  });

  test("looks no further than what is known", () => {
    const ordered = Float64Array.of(1, 2, 3, 4);
    const exact = { cdf: (x: number) => (x > 2.5 ? NaN : x / 4), resolution: 0, error: 0, upTo: 2.5 };
    expect(largestDifference(ordered, exact)).toBeCloseTo(0.25, 6);
  });

  test("of two samples, with rounding at their atoms", () => {
    expect(largestSampleDifference(Float64Array.of(0, 1, 2, 3), Float64Array.of(0, 1 + 1e-12, 2, 3))).toBe(0);
    expect(largestSampleDifference(Float64Array.of(0, 0, 0, 1), Float64Array.of(0, 1, 1, 1))).toBe(0.5);
    expect(largestSampleDifference(Float64Array.of(0, 1, 1, 1), Float64Array.of(0, 0, 0, 1))).toBe(0.5);
  });
});

test("sample moments and counts", () => {
  const moments = { n: 4, mean: 1, m2: 12, m3: 24, m4: 84, min: 0, max: 4 };
  expect(skewnessOf(moments)).toBeCloseTo(6 / 3 ** 1.5, 12);
  expect(kurtosisOf(moments)).toBeCloseTo(21 / 9, 12);
  expect([skewnessOf({ ...moments, m2: 0 }), kurtosisOf({ ...moments, m2: 0 })]).toEqual([0, 1]);
  const ordered = Float64Array.of(0, 1, 1, 2);
  expect([countAtMost(ordered, 1), countBelow(ordered, 1), countAtMost(ordered, -1), countBelow(ordered, 9)]).toEqual([
    3, 1, 0, 4,
  ]);
});

test("the harness names no backend", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    dependencies: object;
  };
  expect(Object.keys(manifest.dependencies)).toEqual(["@lossmill/core"]);
});
