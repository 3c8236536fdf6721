import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { describe, expect, test, vi } from "vitest";
import { formatFactor } from "../src/print/number.ts";
import { comparisonText } from "../src/print/comparison-text.ts";
import type { Gain, Tried } from "../src/sampling/compare-methods.ts";
import type { Comparison } from "../src/sampling/comparison.ts";

// As on a terminal: colours take no room.
vi.mock("../src/print/colors.ts", () => pc.createColors(true));

test.each([
  [2.31, "2.3 ×"],
  [0.4499, "0.45 ×"],
  [17.2, "17 ×"],
  [1499, "1,500 ×"],
  [0.9999, "1 ×"],
  [0.0234, "0.023 ×"],
  [0, "0 ×"],
])("%d is %s", (factor, text) => expect(formatFactor(factor)).toBe(text));

const FIGURES = [
  ["mean", null],
  ["sd", null],
  ["var", 0.995],
  ["tvar", 0.995],
  ["oep", 0.999],
] as const;

const gainsOf = (...gains: readonly (number | null)[]): Gain[] =>
  FIGURES.map(([figure, p], i) => ({ figure, p, gain: gains[i], perTrial: gains[i] }));
const triedOf = (method: Tried["method"], seconds: number, gains: readonly Gain[]): Tried => {
  return { method, seconds, pilotSeconds: 0.25, gains };
};

const comparison: Comparison = {
  portfolio: "A book with quite a long name, longer than narrow terminals are wide, and longer still",
  trials: 131_072,
  askedTrials: 100_000,
  generator: "pcg64",
  seed: "340282366920938463463374607431768211455",
  backend: "workers",
  optimizationLevel: 3,
  rounds: 3,
  samplingLevel: 0.995,
  exactMean: null,
  methods: [
    triedOf("plain", 0.1, gainsOf(1, 1, 1, 1, 1)),
    triedOf("antithetic", 0.13, gainsOf(0.86, 0.76, 1, 1, 0.5)),
    triedOf("stratified", 0.16, gainsOf(1.5, 0.77, 1, 1, 0.5)),
    triedOf("sobol", 0.097, gainsOf(4.5, 1.9, 2, 1, 0.5)),
    triedOf("importance", 0.1, gainsOf(1.1, 2.9, 3.6, 1234, null)),
    triedOf("control", 0.11, gainsOf(3100, 2.1, 1.2, 1.2, 0.99)),
  ],
  best: [
    { figure: "mean", p: null, method: "control", gain: 3100 },
    { figure: "tvar", p: 0.995, method: "plain", gain: 1 },
  ],
};

const textOf = (given: Partial<Comparison>, width = 120) =>
  stripVTControlCharacters(comparisonText({ ...comparison, ...given }, width));

describe("a comparison", () => {
  test("is coloured on a terminal", () => {
    expect(comparisonText(comparison, 120)).toContain(pc.createColors(true).green("2.9 ×"));
  });

  test.each([120, 80, 60, 50, 40, 30])("keeps within %i columns, whatever is left out of names", (width) => {
    const text = textOf({}, width);
    for (const line of text.split("\n")) {
      // A seed is one word.
      if (line.includes(comparison.seed)) continue;
      expect([line, line.length <= width]).toEqual([line, true]);
    }
    // Every gain of every method is there.
    for (const gain of ["0.86 ×", "4.5 ×", "1,200 ×", "3,100 ×", "0.99 ×", "–"]) expect(text).toContain(gain);
    expect(text.match(/^TVaR 99\.5 % +\d/gm)!.length).toBe({ 50: 2, 40: 2, 30: 3 }[width] ?? 1);
  });

  test("names are whole where there is room, short where there is less", () => {
    expect(textOf({}, 80)).toMatch(/\n +antithetic +stratified +sobol +importance +control\n/);
    expect(textOf({}, 80)).toMatch(/\ntime of as many years +1\.3 × +1\.6 × +0\.97 × +1 × +1\.1 ×\n/);
    expect(textOf({}, 60)).toMatch(/\n +antith\. +stratif\. +sobol +import\. +control\n/);
    expect(textOf({}, 60)).toMatch(/\ntime +1\.3 ×/);
  });

  test("ends with what to take", () => {
    expect(textOf({})).toMatch(/\nBest for the mean control \(3,100 ×\), for TVaR 99\.5 % plain\.$/);
    expect(textOf({ best: [] })).toMatch(/\nNo figure has an error: plain sampling does as well\.$/);
  });

  test("an exact mean is said, in its cells and below", () => {
    const text = textOf({ exactMean: 98_295.377 });
    expect(text).toMatch(/\nmean( +exact){5}\n/);
    expect(text).toMatch(/The mean has a closed form, 98,295: no sampling is needed for it\./);
    expect(textOf({})).not.toMatch(/exact|closed/);
  });

  test("methods that do nothing, and none that does anything", () => {
    const [plain, , ...rest] = comparison.methods;
    const missing: Tried = { method: "antithetic", reason: "no reason" };
    expect(textOf({ methods: [plain, missing, ...rest] })).toMatch(
      /antithetic does nothing for this book: no reason\./,
    );
    const text = textOf({ methods: [plain, missing], trials: 65_536, askedTrials: 65_536 });
    expect(text).not.toMatch(/How many times|Below 1|rounded/);
    expect(text).toMatch(/^A book.*\n65,536 years · /);
  });
});
