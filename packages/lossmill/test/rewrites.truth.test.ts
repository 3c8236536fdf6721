import { type FrequencySpec, checkPortfolio, definePlan, rewritePlan } from "@lossmill/core";
import { verdict } from "@lossmill/harness";
import { describe, expect, test } from "vitest";
import { certify } from "./certify.ts";

/**
 * Each rewrite, each count law that it applies to, terms present and absent: levels 1 to 3 against level 0 by two-sample
 * Kolmogorov–Smirnov, and all levels against the exact answer: moments, quantiles, the whole distributions. Limits are the
 * harness's own (a right book is refused less than once in 2,000); seeds are fixed.
 */

const TRIALS = 20_000;

const COUNTS: readonly FrequencySpec[] = [
  { law: "poisson", lambda: 0.3 },
  { law: "poisson", lambda: 7 },
  { law: "binomial", size: 4, prob: 0.08 },
  { law: "negativeBinomial", size: 0.6, prob: 0.5 },
  { law: "geometric", prob: 0.75 },
  { law: "poissonInverseGaussian", mean: 0.4, dispersion: 2 },
  { law: "poisson", lambda: 0.6, zeroInflated: 0.4 },
  { law: "negativeBinomial", size: 0.6, prob: 0.5, zeroInflated: 0.2 },
  { law: "poissonInverseGaussian", mean: 0.4, dispersion: 2, zeroModified: 0.8 },
  { law: "binomial", size: 4, prob: 0.08, zeroTruncated: true },
  { law: "logarithmic", prob: 0.4, zeroInflated: 0.7 },
  { law: "delaporte", lambda: 0.1, size: 0.5, prob: 0.6 },
  { law: "neymanA", lambda: 0.3, phi: 1 },
  { law: "betaBinomial", size: 4, shape1: 0.3, shape2: 3 },
  { law: "mixedPoisson", weights: [0.9, 0.1], lambdas: [0.05, 2] },
  { law: "fixed", n: 1 },
  { law: "empirical", probabilities: [0.7, 0, 0.3] },
];

const TERMS: readonly (readonly [string, object])[] = [
  ["no terms", {}],
  ["a deductible and a limit", { occurrence: { deductible: 2500, limit: 12_000 }, insurerShare: 0.7 }],
  [
    "a franchise and an attachment",
    { occurrence: { deductible: 4000, deductibleKind: "franchise", attachment: 1000 } },
  ],
  ["aggregate terms", { occurrence: { deductible: 1500 }, aggregate: { deductible: 2000, limit: 15_000 } }],
];

const severity = { law: "gamma", shape: 1.5, scale: 3000 };

/** Six copies of one policy and another that is like them; with copies that stay on their own where they must. */
const bookOf = (frequency: FrequencySpec, terms: object) => [
  { copies: 6, frequency, severity, terms },
  { frequency, severity, terms },
];

describe.each(TERMS)("%s", (_, terms) => {
  test.each(COUNTS.map((frequency, i) => [frequency, i] as const))("%j", async (frequency, i) => {
    const certificate = await certify(bookOf(frequency, terms), TRIALS, String(2000 + i));
    expect(verdict(certificate)).toEqual([]);
    expect(certificate.passed).toBe(true);
    for (const { checks } of certificate.runs) expect(checks.filter(({ judged }) => judged).length).toBeGreaterThan(14);
  });
});

test("all rewrites were among them", () => {
  const seen = new Set<string>();
  for (const frequency of COUNTS) {
    for (const [, terms] of TERMS) {
      const policies = bookOf(frequency, terms).map((policy, i) => ({ id: `p${i}`, ...policy }));
      const plan = definePlan(checkPortfolio({ name: "book", policies }), { seed: "1", trials: 1 });
      const { lines } = rewritePlan(plan, 3);
      for (const line of lines) {
        const merged = line.policies > line.copies ? "merged" : "";
        seen.add([line.frequency.law, merged, line.survival < 1 ? "thinned" : "", line.placement].join(" "));
      }
    }
  }
  expect([...seen].sort()).toMatchSnapshot();
});
