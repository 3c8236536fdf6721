import { describe, expect, test } from "vitest";
import { cellAverages } from "../src/cell-averages.ts";
import { claimPayment } from "../src/claim-payment.ts";
import { claimMoments } from "../src/claim-moments.ts";
import { commonUnit } from "../src/common-unit.ts";
import { complex, expLessOne, logOnePlus, squareRoot } from "../src/complex.ts";
import { integral } from "../src/quadrature.ts";
import type { Terms } from "../src/terms.ts";
import { emptySpectrum, sequenceOf, spectrumOf } from "../src/transform.ts";
import { worstCase } from "./worst-case.ts";

const NO_TERMS: Terms = {
  deductible: 0,
  isFranchise: false,
  attachment: 0,
  limit: Infinity,
  aggregateDeductible: 0,
  aggregateLimit: Infinity,
  share: 1,
};

const severities = [
  { law: "lognormal", meanlog: 8, sdlog: 1 },
  { law: "lognormal", meanlog: 8, sdlog: 0.05 },
  { law: "gamma", shape: 0.3, scale: 4000 },
  { law: "pareto", shape: 1.2, scale: 2000 },
  { law: "singleParameterPareto", shape: 2, min: 1234.5 },
  { law: "uniform", min: 100, max: 9000 },
  { law: "triangular", min: 0, mode: 777, max: 8000 },
  { law: "histogram", edges: [0, 500, 600, 20_000], weights: [1, 3, 1] },
  {
    law: "mixture",
    weights: [3, 1],
    components: [
      { law: "constant", value: 5000.5 },
      { law: "weibull", shape: 0.6, scale: 3000 },
    ],
  },
  { law: "empirical", values: [10, 700, 700.5, 9999] },
] as const;

const terms: Terms[] = [
  NO_TERMS,
  { ...NO_TERMS, deductible: 500, limit: 20_000 },
  { ...NO_TERMS, deductible: 900, attachment: 300, isFranchise: true, limit: 7000 / 3 },
  { ...NO_TERMS, deductible: 300, attachment: 900, isFranchise: true },
];

describe("cell averages", () => {
  const worst = worstCase("cell averages of survival functions");

  test.each(severities.map((spec) => [JSON.stringify(spec), spec] as const))("of %s", (name, spec) => {
    for (const [step, cells] of [
      [0.5, 65_536],
      [37, 4096],
    ]) {
      for (const term of terms) {
        const payment = claimPayment(structuredClone(spec) as never, term);
        const amount = { ...payment, mean: 0, second: 0 };
        const { averages, moment } = cellAverages([{ amount, weight: 2 }], { cells, step }, true);
        let mean = 0;
        for (let j = 0; j < cells; j++) {
          mean += averages[j] * step;
          const direct = (2 * (payment.limited((j + 1) * step) - payment.limited(j * step))) / step;
          // Differences of limited expected values of this size lose as much themselves.
          const loss = (1e-15 * payment.limited((j + 1) * step) + 1e-15 * (term.deductible + term.attachment)) / step;
          const error = Math.abs(averages[j] - direct);
          worst.add(error - 4 * loss, `${name}, cell ${j} of ${step}`);
          if (error > 1e-11 + 4 * loss) expect(error).toBeLessThan(1e-11 + 4 * loss);
          // Masses are differences of averages: none is negative.
          if (j > 0 && averages[j] > averages[j - 1] + 1e-12) expect(averages[j]).toBeLessThanOrEqual(averages[j - 1]);
        }
        // The mean up to the last cell is kept, and the second moment is known.
        const end = cells * step;
        expect(mean / (2 * payment.limited(end))).toBeCloseTo(1, 11);
        const breaks = [...payment.kinks, ...payment.atoms.map(({ at }) => at)];
        const second = integral((x) => 2 * x * payment.survival(x), 0, end, breaks);
        expect(moment / second).toBeCloseTo(1, 10);
      }
    }
  });

  test("the worst case", () => {
    expect(worst.print()).toBeLessThan(1e-11);
  });
});

describe("moments of payments", () => {
  test.each(severities.map((spec) => [JSON.stringify(spec), spec] as const))("of %s", (_, spec) => {
    for (const term of terms.filter(({ limit }) => limit < Infinity)) {
      const payment = claimPayment(structuredClone(spec) as never, term);
      const breaks = [...payment.kinks, ...payment.atoms.map(({ at }) => at)];
      const raw = claimMoments(structuredClone(spec) as never, term, payment);
      const powers = [() => 1, (y: number) => y, (y: number) => y * y, (y: number) => y * y * y];
      for (const [i, power] of powers.entries()) {
        const expected = integral((y) => (i + 1) * power(y) * payment.survival(y), 0, term.limit, breaks);
        expect(raw[i] / expected).toBeCloseTo(1, 10);
      }
    }
  });

  test("far out in a tail, where closed forms cancel", () => {
    const far: Terms = { ...NO_TERMS, deductible: 3_000_000 };
    const spec = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;
    const payment = claimPayment(spec, far);
    const [first, second] = claimMoments(spec, far, payment);
    const excess = (k: number) => integral((y) => (k === 1 ? 1 : 2 * y) * payment.survival(y), 0, 3e8, []);
    expect(first / excess(1)).toBeCloseTo(1, 10);
    expect(second / excess(2)).toBeCloseTo(1, 10);
  });
});

test("the transform and its inverse, against the definition", () => {
  const size = 256;
  const values = Float64Array.from({ length: size }, (_, j) => ((j * 7919) % 251) / 251);
  const spectrum = emptySpectrum(size);
  spectrumOf(values, spectrum);
  const worst = worstCase("transform of 256 values, absolute");
  for (let k = 0; k <= size / 2; k++) {
    let re = 0;
    let im = 0;
    for (let j = 0; j < size; j++) {
      re += values[j] * Math.cos((2 * Math.PI * ((j * k) % size)) / size);
      im -= values[j] * Math.sin((2 * Math.PI * ((j * k) % size)) / size);
    }
    worst.add(Math.hypot(spectrum.re[k] - re, spectrum.im[k] - im), `k = ${k}`);
  }
  expect(worst.print()).toBeLessThan(1e-12);
  const back = sequenceOf(spectrum);
  values.forEach((value, j) => expect(back[j]).toBeCloseTo(value, 14));
});

test("complex functions at hard places", () => {
  const out = complex();
  logOnePlus(-1, 0, out);
  expect(out[0]).toBe(-Infinity);
  logOnePlus(1e-20, 2e-20, out);
  expect([...out]).toEqual([1e-20, 2e-20]);
  logOnePlus(-2, 0, out);
  expect([...out]).toEqual([0, Math.PI]);
  expLessOne(1e-18, -3e-18, out);
  expect([...out]).toEqual([1e-18, -3e-18]);
  squareRoot(-4, 0, out);
  expect([...out]).toEqual([0, 2]);
  squareRoot(-4, -1e-300, out);
  expect(out[1]).toBe(-2);
  squareRoot(0, 0, out);
  expect([...out]).toEqual([0, 0]);
  squareRoot(3, 4, out);
  expect([...out]).toEqual([2, 1]);
});

test("the unit of which points are multiples", () => {
  expect(commonUnit([100_000, 90_000, 2500.5], 0)).toBe(0.5);
  expect(commonUnit([0.1 + 0.2, 0.7], 0)).toBe(0.1);
  expect(commonUnit([1e21, 3e22], 0)).toBe(1e21);
  expect(commonUnit([1e-7, 3e-7], 0)).toBe(1e-7);
  // A point that asks for too small a step is left out.
  expect(commonUnit([5000, 100_000 / 3, 2000], 1)).toBe(1000);
  expect(commonUnit([0, Infinity], 0)).toBeUndefined();
});

test("an integral of noise ends", () => {
  let calls = 0;
  const noise = (x: number) => {
    calls += 1;
    return ((x * 1e9) % 1) + (calls % 2);
  };
  expect(integral(noise, 0, 1, [])).toBeGreaterThan(0);
  expect(calls).toBeLessThan(2e7);
  expect(integral(noise, 1, 1, [])).toBe(0);
});
