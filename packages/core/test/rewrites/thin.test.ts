import { describe, expect, test } from "vitest";
import { type FrequencySpec, type Policy, countLaw, severity } from "../../src/index.ts";
import { positiveLaw, thinnedLaw, thinningRefusal } from "../../src/laws/counts/thinned.ts";
import { survivalOf } from "../../src/plan/rewrites/thin.ts";
import { lognormal, planOf, poisson } from "./books.ts";

/** P(K = k) of a count of which each claim is kept with probability `kept`: Σ P(N = n) C(n, k) kept^k (1 − kept)^(n − k). */
function thinnedBySum(spec: FrequencySpec, kept: number, k: number): number {
  const law = countLaw(spec);
  let sum = 0;
  let ways = kept ** k;
  for (let n = k; n < 1000; n++) {
    sum += law.probability(n) * ways;
    ways *= ((n + 1) / (n + 1 - k)) * (1 - kept);
  }
  return sum;
}

const THINNED: readonly FrequencySpec[] = [
  { law: "poisson", lambda: 3 },
  { law: "binomial", size: 12, prob: 0.35 },
  { law: "negativeBinomial", size: 2.5, prob: 0.3 },
  { law: "geometric", prob: 0.2 },
  { law: "poissonInverseGaussian", mean: 2, dispersion: 0.7 },
  { law: "poisson", lambda: 3, zeroInflated: 0.4 },
  { law: "negativeBinomial", size: 2.5, prob: 0.3, zeroInflated: 0.1 },
];

describe("the thinned law, by its definition", () => {
  test.each(THINNED.flatMap((spec) => [0.9, 0.3, 0.01].map((kept) => [spec, kept] as const)))(
    "%j, %d",
    (spec, kept) => {
      const law = thinnedLaw(spec, kept)!;
      const positive = positiveLaw(spec, kept)!;
      for (let k = 0; k < 8; k++) {
        const mass = thinnedBySum(spec, kept, k);
        expect(Math.abs(law.probability(k) - mass)).toBeLessThan(1e-12 * mass);
        if (k === 0) continue;
        expect(positive.probability(k)).toBeCloseTo(law.probability(k) / law.survival(0), 12);
      }
      expect(Math.abs(law.mean / (countLaw(spec).mean * kept) - 1)).toBeLessThan(1e-14);
    },
  );

  test.each(THINNED)("keeps its mean to the last digits where one claim in 10^12 is left: $law", (spec) => {
    for (const kept of [1e-6, 1e-9, 1e-12, 1e-15]) {
      const law = thinnedLaw(spec, kept)!;
      const mean = countLaw(spec).mean * kept;
      expect(Math.abs(law.mean / mean - 1)).toBeLessThan(1e-14);
      // So rare, a year has one claim or none.
      expect(Math.abs(law.survival(0) / mean - 1)).toBeLessThan(10 * kept + 1e-13);
    }
  });

  test("all or nothing is kept", () => {
    for (const spec of THINNED) {
      expect(thinnedLaw(spec, 1)!.probability(2)).toBe(countLaw(spec).probability(2));
      expect(thinnedLaw(spec, 0)!.mean).toBe(0);
    }
  });
});

const thinned = (policy: Partial<Policy>) => survivalOf(planOf([policy]).lines[0]);

describe("what is thinned", () => {
  const law = severity(lognormal);
  test.each<[object, number]>([
    [{}, 0],
    [{ deductible: 2000 }, 2000],
    [{ attachment: 5000 }, 5000],
    [{ deductible: 2000, attachment: 5000 }, 7000],
    [{ deductible: 2000, deductibleKind: "franchise" }, 2000],
    [{ deductible: 2000, deductibleKind: "franchise", attachment: 5000 }, 5000],
    [{ deductible: 6000, deductibleKind: "franchise", attachment: 5000 }, 6000],
    [{ limit: 10 }, 0],
  ])("%j: claims above %d pay", (occurrence, threshold) => {
    expect(thinned({ terms: { occurrence } })).toBe(law.survival(threshold));
    expect(thinned({ terms: { occurrence, aggregate: { limit: 9 }, insurerShare: 0.5 } })).toBe(
      law.survival(threshold),
    );
  });

  test("claims of 0 never pay; a threshold beyond all claims leaves none", () => {
    const policy: Partial<Policy> = { severity: { law: "empirical", values: [0, 10], weights: [3, 1] } };
    expect(thinned(policy)).toBe(0.25);
    expect(thinned({ ...policy, terms: { occurrence: { deductible: 10 } } })).toBe(0);
  });

  test.each<[FrequencySpec, string]>([
    [{ ...poisson, zeroTruncated: true }, "zero-truncated"],
    [{ ...poisson, zeroModified: 0.5 }, "zero-modified"],
    [{ law: "logarithmic", prob: 0.3 }, "logarithmic"],
    [{ law: "delaporte", lambda: 1, size: 1, prob: 0.5 }, "delaporte"],
    [{ law: "neymanA", lambda: 1, phi: 1 }, "neymanA"],
    [{ law: "betaBinomial", size: 5, shape1: 1, shape2: 2 }, "betaBinomial"],
    [{ law: "mixedPoisson", weights: [1, 1], lambdas: [1, 2] }, "mixedPoisson"],
    [{ law: "fixed", n: 2 }, "fixed"],
    [{ law: "empirical", probabilities: [0.5, 0.5] }, "empirical"],
  ])("not %j", (frequency, word) => {
    expect(thinned({ frequency, terms: { occurrence: { deductible: 2000 } } })).toBe(1);
    expect(thinningRefusal(frequency)).toContain(word);
    expect(thinnedLaw(frequency, 0.5)).toBeNull();
  });
});
