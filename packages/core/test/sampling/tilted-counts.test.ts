// Counts of trials of even and of odd number, against their laws by hand.
import { describe, expect, test } from "vitest";
import type { FrequencySpec } from "../../src/laws/counts/index.ts";
import { drawnLaw } from "../../src/plan/line-tables.ts";
import type { Line } from "../../src/plan/plan.ts";
import { addedMass } from "../../src/sampling/added-mass.ts";
import { tiltCounts, tiltLine } from "../../src/sampling/tilt.ts";
import { countOf, tiltedCounts } from "../../src/sampling/tilted-counts.ts";
import { exponential, lineOf, planOf } from "./books.ts";

const tilting = { amounts: [0, 1000, 3000], ratios: [1, 1.5, 4] };
/** ∫ (r − 1), by hand. */
const ADDED = 0.5 * (Math.exp(-1) - Math.exp(-3)) + 3 * Math.exp(-3);

const tiltOf = (line: Line): Line => tiltCounts(tiltLine(line, tilting), tilting.ratios);
const tilted = (frequency: object): Line => tiltOf(lineOf({ frequency, severity: exponential }));
const countsOf = (line: Line) => tiltedCounts(line)!;

/** The ratio of both laws at a count of a negative binomial law: its mixing law is integrated out by hand. */
const negativeBinomial = (size: number, prob: number) => {
  const rate = prob / (1 - prob);
  return (n: number) => (1 + ADDED) ** n * ((1 + rate) / (1 + rate + ADDED)) ** (size + n);
};
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
const binomial = (size: number, prob: number) => (n: number) => {
  const more = prob * (1 + ADDED);
  const mass = (p: number) => choose(size, n) * p ** n * (1 - p) ** (size - n);
  return mass(more) / mass(prob);
};
const inflated = (lambda: number, zero: number) => (n: number) => {
  const mass = (mean: number) => (n === 0 ? zero : 0) + (1 - zero) * Math.exp(-mean) * mean ** n;
  return mass(lambda * (1 + ADDED)) / mass(lambda);
};

describe.each<[FrequencySpec, (n: number) => number]>([
  [{ law: "negativeBinomial", size: 2, prob: 0.5 }, negativeBinomial(2, 0.5)],
  [{ law: "geometric", prob: 0.2 }, negativeBinomial(1, 0.2)],
  [{ law: "binomial", size: 4, prob: 0.3 }, binomial(4, 0.3)],
  [{ law: "poisson", lambda: 1.5, zeroInflated: 0.4 }, inflated(1.5, 0.4)],
])("%j", (frequency, ratio) => {
  const line = tilted(frequency);
  const counts = countsOf(line);
  const plain = drawnLaw({ ...line, frequency });
  const odd = drawnLaw(line);

  test("a uniform of an even trial is of the plain law's count, and the line's own table makes it", () => {
    expect(addedMass(line.tilt!, tilting.ratios)).toBeCloseTo(ADDED, 14);
    for (let i = 0; i < 5000; i++) {
      const u = (i + 0.5) / 5000;
      const count = countOf(counts.even, u);
      expect(count).toBe(plain.quantile(u, "lower"));
      expect(odd.quantile(counts.uniforms[count], "lower")).toBe(count);
    }
    for (const u of [2 ** -54, 1 - 2 ** -53]) {
      const count = countOf(counts.even, u);
      expect([count, odd.quantile(counts.uniforms[count], "lower")]).toEqual([plain.quantile(u, "lower"), count]);
    }
    expect(counts.uniforms.every((u) => Number.isInteger(u * 2 ** 53) && u > 0 && u < 1)).toBe(true);
    // Where a table ends counts go on, as a kernel's do.
    expect(countOf(counts.odd, 1 - 2 ** -53)).toBe(odd.quantile(1 - 2 ** -53, "lower"));
  });

  test("ratios are those of both laws", () => {
    const most = Math.min(counts.ratios.length, frequency.law === "binomial" ? 5 : 40);
    for (let n = 0; n < most; n++) {
      expect((counts.ofNone * counts.ratios[n]) / ratio(n), String(n)).toBeCloseTo(1, 11);
    }
    expect(counts.ratios[0]).toBe(1);
    // A ratio for every count of trials of either kind.
    expect(counts.ratios.length).toBeGreaterThan(countOf(counts.odd, 1));
    expect(counts.ratios.length).toBeGreaterThan(countOf(counts.even, 1));
  });
});

test("of a thinned line both laws are of the claims drawn", () => {
  const frequency = { law: "negativeBinomial", size: 2, prob: 0.5 };
  const terms = { occurrence: { deductible: 2000 } };
  const [thinned] = planOf([{ frequency, severity: exponential, terms }]).lines;
  expect(thinned.survival).toBeCloseTo(Math.exp(-2), 14);
  const line = tiltOf(thinned);
  // The mean of what is drawn: e^-2 of 2 claims; 1 / rate of one unit of size.
  const rate = Math.exp(2);
  const { ofNone, ratios } = countsOf(line);
  ratios.forEach((ratio, n) => {
    if (n > 20) return;
    const due = (1 + ADDED) ** n * ((1 + rate) / (1 + rate + ADDED)) ** (2 + n);
    expect((ofNone * ratio) / due, String(n)).toBeCloseTo(1, 11);
  });
});

test("none where a count of even trials is too rare in odd ones, or there are too many", () => {
  const untilted = (frequency: FrequencySpec, more: FrequencySpec): Line => {
    return { ...tilted({ law: "geometric", prob: 0.5 }), frequency: more, untilted: frequency };
  };
  const few = { law: "binomial", size: 2, prob: 0.1 } as const;
  expect(tiltedCounts(untilted(few, { law: "binomial", size: 2, prob: 1 - 2 ** -30 }))).toBeNull();
  const many = { law: "geometric", prob: 0.001 } as const;
  expect(tiltedCounts(untilted(few, many))).toBeNull();
  expect(tiltedCounts(untilted(many, few))).toBeNull();
});
