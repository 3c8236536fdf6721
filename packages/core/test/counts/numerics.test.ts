import { describe, expect, test } from "vitest";
import { countLaw } from "../../src/laws/counts/index.ts";
import { scaledExponentialIntegral } from "../../src/laws/counts/numerics/exponential-integral.ts";
import { logComplement } from "../../src/laws/counts/numerics/log-complement.ts";
import { exactSum, over, pair, plus, squareRoot, times } from "../../src/laws/counts/numerics/pair.ts";
import { complementOf, LARGEST_UNIFORM, onGrid } from "../../src/laws/counts/numerics/uniform-grid.ts";
import { relativeError } from "./accuracy.ts";
import { uniforms } from "./uniforms.ts";

/** The value of a double, or of the sum of two, times 2^1100. */
function exact(...values: readonly number[]): bigint {
  let sum = 0n;
  for (const value of values) {
    let [scaled, exponent] = [value, 0];
    while (!Number.isInteger(scaled)) [scaled, exponent] = [scaled * 2, exponent + 1];
    sum += BigInt(scaled) << BigInt(1100 - exponent);
  }
  return sum;
}

describe("pairs", () => {
  const uniform = uniforms(3);
  const random = () => pair(uniform() * 8, uniform() * 1e-17);
  const one = 1n << 1100n;
  /** The relative error of a pair against a fraction. */
  const error = (found: { high: number; low: number }, numerator: bigint, denominator: bigint) => {
    const difference = exact(found.high, found.low) * denominator - numerator * one;
    const size = (difference * (1n << 200n)) / (numerator * one);
    return Math.abs(Number(size)) / 2 ** 200;
  };

  test("keep 2^-100 in every operation", () => {
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random(), random()];
      const [a, b] = [exact(x.high, x.low), exact(y.high, y.low)];
      expect(error(plus(x, y), a + b, one)).toBeLessThan(2 ** -100);
      expect(error(times(x, y), a * b, one * one)).toBeLessThan(2 ** -100);
      expect(error(over(x, y), a, b)).toBeLessThan(2 ** -100);
      const root = squareRoot(x);
      expect(error(times(root, root), a, one)).toBeLessThan(2 ** -98);
      expect(exact(exactSum(x.high, -y.high).high, exactSum(x.high, -y.high).low)).toBe(exact(x.high) - exact(y.high));
    }
  });
});

test("log(1 − p) in two doubles", () => {
  // mpmath, 60 digits: the double nearest to log(1 − p) and what it leaves, for the exact double p.
  const values: readonly (readonly [p: number, high: number, low: number])[] = [
    [1e-300, -1e-300, 0.0],
    [1e-12, -1.0000000000005e-12, 2.4217939436345712e-29],
    [1e-9, -1.0000000005000001e-9, 7.427230737157087e-26],
    [0.001, -0.0010005003335835335, -2.4776547035721437e-20],
    [0.1, -0.10536051565782631, 1.72619633020345e-18],
    [0.25, -0.2876820724517809, -2.607160616442564e-17],
    [0.28999, -0.34247622453891946, -6.75686682910892e-18],
    [0.29001, -0.34250439355300577, -1.643976688830565e-17],
    [0.3, -0.35667494393873234, -2.6895094047056423e-17],
    [0.45, -0.5978370007556205, 4.8340859882443017e-17],
    [0.4999, -0.6929472005572791, 3.242383807807099e-17],
    [0.5, -Math.LN2, -2.3190468138462996e-17],
    [0.6, -0.916290731874155, -1.40991975411382e-17],
    [0.7, -1.203972804325936, 5.2347781679865864e-17],
    [0.9, -Math.LN10, -4.968982586806388e-18],
    [0.999, -6.907755278982136, -2.369515526854508e-16],
    [0.9999999999999999, -36.7368005696771, -6.739832990259606e-16],
  ];
  for (const [p, high, low] of values) {
    const found = logComplement(p);
    const difference = found.high - high + (found.low - low);
    expect(Math.abs(difference / high), `p = ${p}`).toBeLessThan(2 ** -62);
  }
});

test("the scaled exponential integral", () => {
  // mpmath, 50 digits: e^y E1(y).
  const values: readonly (readonly [y: number, value: number])[] = [
    [1e-12, 27.05380545105507],
    [1e-6, 13.238309131365003],
    [0.01, 4.078511443456426],
    [0.3, 1.2225356050805856],
    [0.9, 0.6399492266392998],
    [1.0, 0.5963473623231941],
    [1.0000001, 0.5963473219579333],
    [1.5, 0.448256669291583],
    [2.0, 0.3613286168882226],
    [5.0, 0.1704221762847322],
    [10.0, 0.09156333393978808],
    [40.0, 0.024404115079628575],
    [700.0, 0.0014265364183008867],
    [1000000.0, 9.99999000002e-7],
  ];
  for (const [y, value] of values) {
    expect(relativeError(scaledExponentialIntegral(y), value), `y = ${y}`).toBeLessThan(4e-15);
  }
});

test("probabilities near 1 are rounded down to uniforms, unless they are uniforms", () => {
  const step = 2 ** -53;
  expect(LARGEST_UNIFORM).toBe(1 - step);
  expect(complementOf(0.25)).toBe(0.75);
  expect(complementOf(1e-20)).toBe(1 - step);
  expect(complementOf(0)).toBe(1);
  expect(complementOf(step)).toBe(1 - step);
  expect(complementOf(1.4 * step)).toBe(1 - 2 * step);
  expect(onGrid(1, -1e-20)).toBe(1 - step);
  expect(onGrid(1, 1e-20)).toBe(1);
  expect(onGrid(1, -1e-30)).toBe(1 - step);
  expect(onGrid(0.75, -1e-33)).toBe(0.75);
  expect(onGrid(0.25, -1e-20)).toBe(0.25);
});

test("Poisson–inverse Gaussian integrals agree with the closed forms at 0 and 1", () => {
  // Laws without a table: P(N = 0) = e^((1 − √D) / (dispersion · mean)) and P(N = 1) = P(N = 0) · mean / √D.
  const laws = [
    [10, 1e4],
    [1, 1e7],
    [1000, 1],
    [1e5, 1e-5],
    [1e-3, 1e15],
  ] as const;
  for (const [mean, dispersion] of laws) {
    const law = countLaw({ law: "poissonInverseGaussian", mean, dispersion });
    const root = Math.sqrt(1 + 2 * dispersion * mean * mean);
    const zero = Math.exp((1 - root) / (dispersion * mean));
    // The exponent reaches 140, and Math.exp magnifies its rounding.
    expect(relativeError(law.probability(0), zero), `${mean}, ${dispersion}`).toBeLessThan(5e-14);
    expect(relativeError(law.probability(1), (zero * mean) / root), `${mean}, ${dispersion}`).toBeLessThan(5e-14);
  }
});
