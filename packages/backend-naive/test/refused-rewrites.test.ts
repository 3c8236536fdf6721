import { type Line, countLaw, severity } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { momentsOf, planOf, runAt, runPlan } from "./run-plan.ts";

/**
 * What the planner refuses would give wrong answers: each test makes the refused line by hand, sees that its answer is off by
 * many standard errors, and that of level 3 is not. Closed forms, fixed seeds, 50,000 trials.
 */

const TRIALS = 50_000;
const WRONG = 20;
const RIGHT = 4.5;

/** The answer of level 3, and that of its first line changed by force. */
async function both(policies: readonly object[], change: Partial<Line>) {
  const right = await runAt(policies, 3, TRIALS);
  const plan = planOf(policies, TRIALS);
  const wrong = await runPlan({ ...plan, lines: [{ ...plan.lines[0], ...change }] });
  return { right: right.losses, wrong: wrong.losses };
}

function off(values: Float64Array, mean: number): number {
  const { mean: found, se } = momentsOf(values);
  return Math.abs(found - mean) / se;
}

/** The variance of a sample in standard errors of its own from `variance`. */
function varianceOff(values: Float64Array, variance: number): number {
  const { mean, n } = momentsOf(values);
  const squares = values.map((x) => (x - mean) ** 2);
  const { mean: found, se } = momentsOf(squares);
  return Math.abs((found * n) / (n - 1) - variance) / se;
}

const exponential = { law: "exponential", scale: 100 } as const;

describe("merging", () => {
  test("ten policies that claim 0 or 1 times: a yearly limit is each policy's own", async () => {
    const policies = [
      {
        copies: 10,
        frequency: { law: "binomial", size: 1, prob: 0.2 },
        severity: exponential,
        terms: { aggregate: { limit: 50 } },
      },
    ];
    const mean = 10 * 0.2 * severity(exponential).limitedExpectedValue(50);
    const { right, wrong } = await both(policies, { copies: 1, frequency: { law: "binomial", size: 10, prob: 0.2 } });
    expect(off(right.total, mean)).toBeLessThan(RIGHT);
    expect(off(wrong.total, mean)).toBeGreaterThan(WRONG);
  });

  test("zero-inflated counts: most copies have none, not all of them at once", async () => {
    const frequency = { law: "poisson", lambda: 1, zeroInflated: 0.5 } as const;
    const policies = [{ copies: 10, frequency, severity: { law: "constant", value: 1 } }];
    const { variance } = countLaw(frequency);
    const { right, wrong } = await both(policies, { copies: 1, frequency: { ...frequency, lambda: 10 } });
    expect(varianceOff(right.total, 10 * variance)).toBeLessThan(RIGHT);
    expect(varianceOff(wrong.total, 10 * variance)).toBeGreaterThan(WRONG);
  });

  test("counts of a law without a sum: a neymanA law of ten times the lambda is the sum, of ten times the phi is not", async () => {
    const frequency = { law: "neymanA", lambda: 0.5, phi: 0.6 } as const;
    const policies = [{ copies: 10, frequency, severity: { law: "constant", value: 1 } }];
    const { mean, variance } = countLaw(frequency);
    const { right, wrong } = await both(policies, { copies: 1, frequency: { ...frequency, phi: 6 } });
    expect(off(right.total, 10 * mean)).toBeLessThan(RIGHT);
    expect(off(wrong.total, 10 * mean)).toBeLessThan(RIGHT);
    expect(varianceOff(right.total, 10 * variance)).toBeLessThan(RIGHT);
    expect(varianceOff(wrong.total, 10 * variance)).toBeGreaterThan(WRONG);
  });

  test("binomial counts of different prob: a common prob of the same mean has too much variance", async () => {
    const severityOne = { law: "constant", value: 1 } as const;
    const policies = [
      { frequency: { law: "binomial", size: 10, prob: 0.05 }, severity: severityOne },
      { frequency: { law: "binomial", size: 10, prob: 0.85 }, severity: severityOne },
    ];
    const variance = 10 * (0.05 * 0.95 + 0.85 * 0.15);
    const { right, wrong } = await both(policies, { frequency: { law: "binomial", size: 20, prob: 0.45 } });
    expect(varianceOff(right.total, variance)).toBeLessThan(RIGHT);
    expect(varianceOff(wrong.total, variance)).toBeGreaterThan(WRONG);
  });

  test("losses by policy: all of them would be the first one's", async () => {
    const policies = [
      { id: "a", frequency: { law: "poisson", lambda: 1 }, severity: exponential },
      { id: "b", frequency: { law: "poisson", lambda: 1 }, severity: exponential },
    ];
    const plan = { ...planOf(policies, TRIALS), outputs: ["total", "maxOccurrence", "claims", "byPolicy"] as const };
    const right = await runPlan(plan);
    const wrong = await runPlan({ ...plan, lines: [{ ...plan.lines[0], frequency: { law: "poisson", lambda: 2 } }] });
    expect(off(right.losses.byPolicy![0], 100)).toBeLessThan(RIGHT);
    expect(off(wrong.losses.byPolicy![0], 100)).toBeGreaterThan(WRONG);
  });
});

describe("thinning and scattering", () => {
  const terms = { occurrence: { deductible: 100 } };
  const kept = Math.exp(-1);

  test("a zero-truncated count would have a paying claim in every year", async () => {
    const frequency = { law: "poisson", lambda: 1, zeroTruncated: true } as const;
    const policies = [{ frequency, severity: exponential, terms }];
    const mean = countLaw(frequency).mean * kept;
    const { right, wrong } = await both(policies, { frequency: { ...frequency, lambda: kept } });
    expect(off(right.claims, mean)).toBeLessThan(RIGHT);
    expect(off(wrong.claims, mean)).toBeGreaterThan(WRONG);
  });

  test("a fixed count is no more fixed when claims are left out", async () => {
    const policies = [{ frequency: { law: "fixed", n: 4 }, severity: { law: "empirical", values: [50, 200] }, terms }];
    const { right, wrong } = await both(policies, { frequency: { law: "fixed", n: 2 } });
    // Binomial(4, 1/2) claims of 100; by the forced law a binomial of half as many claims, each kept half the time.
    expect(off(right.claims, 2)).toBeLessThan(RIGHT);
    expect(varianceOff(right.claims, 1)).toBeLessThan(RIGHT);
    expect(off(wrong.claims, 2)).toBeGreaterThan(WRONG);
  });

  test("a binomial count is not a Poisson number of clusters: a house would burn twice", async () => {
    const policies = [{ frequency: { law: "binomial", size: 1, prob: 0.3 }, severity: { law: "constant", value: 1 } }];
    const { right, wrong } = await both(policies, {
      frequency: { law: "poisson", lambda: 0.3 },
      placement: "scatter",
    });
    expect(Math.max(...right.claims)).toBe(1);
    expect(Math.max(...wrong.claims)).toBeGreaterThan(1);
    expect(varianceOff(wrong.claims, 0.3 * 0.7)).toBeGreaterThan(WRONG);
  });
});
