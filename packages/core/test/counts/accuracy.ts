import { expect } from "vitest";
import type { CountLaw } from "../../src/laws/law.ts";

/** k, P(N = k), P(N <= k), P(N > k). */
export type Row = readonly [k: number, probability: number, cdf: number, survival: number];

export interface CountCase {
  readonly mean: number;
  readonly variance: number;
  readonly rows: readonly Row[];
}

/** What the portfolio's figures need: nine digits more than any result is reported with. */
const VALUE_TOLERANCE = 1e-13;
/** A variance is a difference of moments for some laws, which may cost a digit. */
const MOMENT_TOLERANCE = 1e-12;
/** Below this, doubles begin to lose digits. */
const SMALLEST = 1e-290;

/**
 * Relative error; values too small to have all digits are not compared, nor is a difference that rounds to equality.
 */
export function relativeError(found: number, expected: number): number {
  return found === expected || Math.abs(expected) < SMALLEST ? 0 : Math.abs(found - expected) / Math.abs(expected);
}

/**
 * The law's worst error against the case: [probability, cdf, survival]; expects all of them, and the moments, to hold.
 */
export function expectCase(name: string, law: CountLaw, { mean, variance, rows }: CountCase): readonly number[] {
  const worst = [0, 0, 0];
  for (const [k, ...expected] of rows) {
    const found = [law.probability(k), law.cdf(k), law.survival(k)];
    for (let i = 0; i < 3; i++) {
      const error = relativeError(found[i], expected[i]);
      expect(error, `${name}, k = ${k}: found ${found.join(", ")}, expected ${expected.join(", ")}`).toBeLessThan(
        VALUE_TOLERANCE,
      );
      worst[i] = Math.max(worst[i], error);
    }
  }
  expect(relativeError(law.mean, mean), `${name}, mean`).toBeLessThan(MOMENT_TOLERANCE);
  expect(relativeError(law.variance, variance), `${name}, variance`).toBeLessThan(MOMENT_TOLERANCE);
  return worst;
}

/** Quantiles at levels just inside each row's tails, whose answer follows from the row alone. */
export function expectRowQuantiles(name: string, law: CountLaw, rows: readonly Row[]): void {
  for (const [k, probability, cdf, survival] of rows) {
    // Where the step is far above the tolerance of the tails themselves.
    if (cdf > SMALLEST && probability > 1e-9 * cdf) {
      expect(law.quantile(cdf - probability / 2, "lower"), `${name}, lower, k = ${k}`).toBe(k);
    }
    if (survival > SMALLEST && probability > 1e-9 * survival) {
      expect(law.quantile(survival + probability / 2, "upper"), `${name}, upper, k = ${k}`).toBe(k);
    }
  }
}

/** One line a law with the largest of its errors. */
export function reportWorst(title: string, worst: ReadonlyMap<string, readonly number[]>): void {
  const lines = [...worst].map(
    ([law, errors]) => `  ${law}: ${errors.map((error) => error.toExponential(1)).join(", ")}`,
  );
  console.log(`${title}: worst relative error of probability, cdf, survival\n${lines.join("\n")}`);
}

/** Keeps the largest error of each kind under the law's name. */
export function keepWorst(worst: Map<string, readonly number[]>, law: string, errors: readonly number[]): void {
  const before = worst.get(law) ?? [0, 0, 0];
  worst.set(
    law,
    before.map((error, i) => Math.max(error, errors[i])),
  );
}
