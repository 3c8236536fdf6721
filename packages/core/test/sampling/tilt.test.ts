// Where ratios begin, against survival functions written out by hand.
import { describe, expect, test } from "vitest";
import { addedMass } from "../../src/sampling/added-mass.ts";
import { isTiltable, tiltCounts, tiltLine } from "../../src/sampling/tilt.ts";
import { exponential, lineOf, pareto, planOf, poisson } from "./books.ts";

const tilting = { amounts: [0, 1000, 3000, 7000], ratios: [1, 1.5, 2, 4] };

/** P(X > x) of `pareto`. */
const beyond = (x: number) => (1 + x / 1000) ** -2;

const tailsOf = (terms: object, severity: object = pareto) => {
  return tiltLine(lineOf({ frequency: poisson(0.3), severity, terms }), tilting).tilt;
};

function expectTails(found: readonly number[] | undefined, expected: readonly number[]): void {
  expect(found?.length).toBe(expected.length);
  expected.forEach((tail, k) => expect(found![k] / tail).toBeCloseTo(1, 12));
}

describe("tails begin where a claim alone adds more than an amount", () => {
  test.each<[string, object, number[]]>([
    ["without terms", {}, [1000, 3000, 7000]],
    ["beyond a deductible", { occurrence: { deductible: 500 } }, [1500, 3500, 7500]],
    ["beyond a deductible and an attachment", { occurrence: { deductible: 500, attachment: 250 } }, [1750, 3750, 7750]],
    [
      "beyond a franchise, which then pays all",
      { occurrence: { deductible: 2000, deductibleKind: "franchise" } },
      [2000, 3000, 7000],
    ],
    [
      "beyond a franchise and an attachment",
      { occurrence: { deductible: 2000, deductibleKind: "franchise", attachment: 1500 } },
      [2500, 4500, 8500],
    ],
    ["beyond the deductible of the year", { aggregate: { deductible: 400 } }, [1400, 3400, 7400]],
    ["of a share", { insurerShare: 0.5 }, [2000, 6000, 14_000]],
    [
      "of all terms together",
      { occurrence: { deductible: 500, attachment: 250 }, aggregate: { deductible: 400 }, insurerShare: 0.5 },
      [3150, 7150, 15_150],
    ],
  ])("%s", (_, terms, from) => expectTails(tailsOf(terms), from.map(beyond)));

  test.each<[string, object, number[]]>([
    ["a limit", { occurrence: { limit: 3001 } }, [1000, 3000]],
    ["a limit that is an amount", { occurrence: { limit: 3000 } }, [1000]],
    ["a limit, by its share", { occurrence: { limit: 5000 }, insurerShare: 0.5 }, [2000]],
    ["a limit of a year", { aggregate: { limit: 3001 } }, [1000, 3000]],
    ["a limit of a year that is an amount", { aggregate: { limit: 3000 } }, [1000]],
    [
      "a limit that a deductible of the year leaves less of",
      { occurrence: { limit: 3400 }, aggregate: { deductible: 400 } },
      [1400],
    ],
  ])("%s ends them", (_, terms, from) => expectTails(tailsOf(terms), from.map(beyond)));

  test("of the claims drawn, where the line is thinned", () => {
    const { lines } = planOf([
      { frequency: poisson(9), severity: pareto, terms: { occurrence: { attachment: 2000 } } },
    ]);
    expect(lines[0].survival).toBeCloseTo(1 / 9, 12);
    expectTails(
      tiltLine(lines[0], tilting).tilt,
      [3000, 5000, 9000].map((x) => 9 * beyond(x)),
    );
  });

  test("constants and empirical amounts: more than an amount, not as much", () => {
    expectTails(tailsOf({}, { law: "constant", value: 3000 }), [1]);
    expectTails(tailsOf({}, { law: "constant", value: 3001 }), [1, 1]);
    expect(tailsOf({}, { law: "constant", value: 1000 })).toBeUndefined();
    const empirical = { law: "empirical", values: [1000, 3000, 8000], weights: [5, 3, 2] };
    expectTails(tailsOf({}, empirical), [0.5, 0.2, 0.2]);
  });
});

describe("the line", () => {
  const line = lineOf({ frequency: poisson(0.3), severity: exponential });
  const added = 0.5 * (Math.exp(-1) - Math.exp(-3)) + (Math.exp(-3) - Math.exp(-7)) + 3 * Math.exp(-7);

  test("has as many claims more as half of the trials have", () => {
    expect(addedMass([Math.exp(-1), Math.exp(-3), Math.exp(-7)], tilting.ratios)).toBeCloseTo(added, 14);
    const tilted = tiltLine(line, tilting);
    expect((tilted.frequency as { lambda: number }).lambda).toBeCloseTo(0.3 * (1 + added / 2), 14);
    expect(tilted).toMatchObject({ placement: "scatter", severity: line.severity, terms: line.terms });
  });

  test("draws all its claims as upper tails", () => {
    const { survival } = tiltLine(line, tilting);
    expect(survival).toBe(1 - 2 ** -53);
  });

  test.each<[string, object]>([
    ["its counts are of a law that cannot be thinned", { frequency: { law: "fixed", n: 1 } }],
    ["its counts are truncated", { frequency: { ...poisson(2), zeroTruncated: true } }],
    ["it pays for nothing", { terms: { insurerShare: 0 } }],
    ["its limit is below all amounts", { terms: { occurrence: { limit: 1000 } } }],
  ])("stays as it is where %s", (_, policy) => {
    const other = lineOf({ frequency: poisson(0.3), severity: pareto, ...policy });
    expect(tiltLine(other, tilting)).toBe(other);
  });

  test("stays as it is where no ratio is above 1", () => {
    expect(tiltLine(line, { amounts: [0, 10], ratios: [1, 1] })).toBe(line);
    expect(tiltLine(line, { amounts: [0], ratios: [1] })).toBe(line);
  });

  test.each<[object, object]>([
    [
      { law: "negativeBinomial", size: 2, prob: 0.5 },
      { law: "negativeBinomial", size: 2, prob: 1 / (2 + added) },
    ],
    [
      { law: "geometric", prob: 0.2 },
      { law: "geometric", prob: 0.2 / (0.2 + 0.8 * (1 + added)) },
    ],
    [
      { law: "binomial", size: 4, prob: 0.1 },
      { law: "binomial", size: 4, prob: 0.1 * (1 + added) },
    ],
    [
      { law: "poissonInverseGaussian", mean: 0.4, dispersion: 2 },
      { law: "poissonInverseGaussian", mean: 0.4 * (1 + added), dispersion: 2 / (1 + added) },
    ],
    [
      { ...poisson(0.6), zeroInflated: 0.4 },
      { ...poisson(0.6 * (1 + added)), zeroInflated: 0.4 },
    ],
  ])("whose counts are %j has a law for trials of each kind", (frequency, more) => {
    const plain = lineOf({ frequency, severity: exponential });
    const larger = tiltLine(plain, tilting);
    expect(larger).toEqual({ ...plain, survival: 1 - 2 ** -53, tilt: larger.tilt });
    expect(addedMass(larger.tilt!, tilting.ratios)).toBeCloseTo(added, 14);
    const tilted = tiltCounts(larger, tilting.ratios);
    expect(tilted).toEqual({ ...larger, frequency: tilted.frequency, placement: "perTrial", untilted: frequency });
    const { law, ...parameters } = tilted.frequency;
    expect(law).toBe(plain.frequency.law);
    for (const [name, value] of Object.entries(parameters)) {
      expect(value, name).toBeCloseTo((more as Record<string, number>)[name], 14);
    }
  });

  test.each<[string, object]>([
    ["they are Poisson's", poisson(2)],
    ["more claims than all would be needed", { law: "binomial", size: 4, prob: 0.9 }],
    ["a year without claims is too rare", { law: "negativeBinomial", size: 300, prob: 0.85 }],
    ["they are too many", { law: "negativeBinomial", size: 1, prob: 0.01 }],
  ])("has the same counts where %s", (_, frequency) => {
    const tilted = tiltLine(lineOf({ frequency, severity: exponential }), tilting);
    expect(tilted.tilt).toBeDefined();
    expect(tiltCounts(tilted, tilting.ratios)).toBe(tilted);
  });

  test("has the same counts where it is not tilted", () => {
    const plain = lineOf({ frequency: { law: "geometric", prob: 0.3 }, severity: exponential });
    expect(tiltCounts(plain, tilting.ratios)).toBe(plain);
  });

  test("is one that can be tilted where its counts can be thinned and it pays for claims", () => {
    expect(isTiltable(line)).toBe(true);
    expect(isTiltable(lineOf({ frequency: { law: "geometric", prob: 0.3 }, severity: exponential }))).toBe(true);
    expect(isTiltable(lineOf({ frequency: { law: "fixed", n: 1 }, severity: exponential }))).toBe(false);
    const truncated = { law: "geometric", prob: 0.3, zeroTruncated: true };
    expect(isTiltable(lineOf({ frequency: truncated, severity: exponential }))).toBe(false);
    const unpaid = { frequency: poisson(1), severity: exponential, terms: { insurerShare: 0 } };
    expect(isTiltable(lineOf(unpaid))).toBe(false);
  });
});
