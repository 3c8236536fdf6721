import {
  BLOCK_TRIALS,
  COUNTS,
  type FrequencySpec,
  type OptimizationLevel,
  type Placement,
  SEVERITIES,
  countLaw,
  expectedDraws,
  rewritePlan,
  severity,
  uniformSource,
} from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { planOf, runPlan } from "./run-plan.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;

/** Everything that a copy draws in a block, one value at a time, with its count. */
function drawer(stream: number, block: number) {
  const places = uniformSource("1");
  const amounts = uniformSource("1");
  places.seek(stream, block, COUNTS);
  amounts.seek(stream, block, SEVERITIES);
  const one = new Float64Array(1);
  let draws = 0;
  const next = (source: typeof places) => {
    draws++;
    source.fill(one, 1);
    return one[0];
  };
  return {
    place: () => next(places),
    amount: () => next(amounts),
    trials(count: number) {
      const trials = new Uint16Array(count);
      draws += Math.ceil(count / 5);
      places.fillTrials(trials, count);
      return trials;
    },
    draws: () => draws,
  };
}

describe("docs/numerics.md, read again from the laws themselves", () => {
  test("scatter, one claim a cluster, thinned: words, then amounts of the upper tail", async () => {
    const policy = {
      frequency: { law: "poisson", lambda: 0.4 },
      severity: lognormal,
      terms: { occurrence: { deductible: 3000, limit: 9000 } },
    };
    const plan = rewritePlan(planOf([policy], BLOCK_TRIALS + 50), 3);
    expect(plan.lines[0].placement).toBe("scatter");
    const { losses, summary } = await runPlan(plan);
    let draws = 0;
    for (const block of [0, 1]) {
      const drawn = drawer(0, block);
      const law = severity(lognormal);
      const kept = law.survival(3000);
      const claims = countLaw({ law: "poisson", lambda: 4096 * (0.4 * kept) }).quantile(drawn.place(), "lower");
      const total = new Float64Array(BLOCK_TRIALS);
      for (const t of drawn.trials(claims)) {
        total[t] += Math.min(law.quantile(kept * drawn.amount(), "upper") - 3000, 9000);
      }
      draws += drawn.draws();
      losses.total.subarray(block * BLOCK_TRIALS).forEach((loss, t) => {
        if (t < BLOCK_TRIALS) expect(Math.abs(loss - total[t])).toBeLessThan(1e-9 * (1 + loss));
      });
    }
    expect(summary!.draws).toBe(draws);
  });

  test("scatter with clusters: a size each, the claims of one after the other; copies with an aggregate term", async () => {
    const policy = {
      copies: 3,
      frequency: { law: "poissonInverseGaussian", mean: 0.2, dispersion: 3 },
      severity: lognormal,
      terms: { aggregate: { deductible: 2000, limit: 8000 }, insurerShare: 0.5 },
    };
    const plan = rewritePlan(planOf([policy], BLOCK_TRIALS), 3);
    expect(plan.lines[0]).toMatchObject({ placement: "scatter", copies: 3 });
    const { losses, summary } = await runPlan(plan);
    const law = severity(lognormal);
    const s = 2 * 3 * 0.2 ** 2;
    const q = s / (1 + s);
    const rate = (2 * 0.2) / (1 + Math.sqrt(1 + s));
    /** P(K = k) ∝ Γ(k − 1/2) / k! q^k, added up. */
    const size = (u: number) => {
      let mass = q / 2 / (1 - Math.sqrt(1 - q));
      let k = 1;
      for (let sum = mass; sum < u; sum += mass) mass *= (q * (k - 0.5)) / ++k;
      return k;
    };
    const total = new Float64Array(BLOCK_TRIALS);
    let draws = 0;
    for (const stream of [0, 1, 2]) {
      const drawn = drawer(stream, 0);
      const clusters = countLaw({ law: "poisson", lambda: 4096 * rate }).quantile(drawn.place(), "lower");
      const trials = drawn.trials(clusters);
      const sizes = Array.from({ length: clusters }, () => size(drawn.place()));
      const sums = new Float64Array(BLOCK_TRIALS);
      sizes.forEach((count, i) => {
        for (let claim = 0; claim < count; claim++) sums[trials[i]] += law.quantile(drawn.amount(), "lower");
      });
      sums.forEach((sum, t) => (total[t] += 0.5 * Math.min(Math.max(sum - 2000, 0), 8000)));
      draws += drawn.draws();
    }
    losses.total.forEach((loss, t) => expect(Math.abs(loss - total[t])).toBeLessThan(1e-8));
    expect(summary!.draws).toBe(draws);
  });

  test("skip: gap, count, gap, count, and the gap that leaves the block", async () => {
    const frequency = { law: "binomial", size: 3, prob: 0.1 } as const;
    const plan = rewritePlan(planOf([{ frequency, severity: lognormal }], BLOCK_TRIALS + 1500), 3);
    expect(plan.lines[0].placement).toBe("skip");
    const { losses, summary } = await runPlan(plan);
    const law = severity(lognormal);
    const positive = countLaw({ ...frequency, zeroTruncated: true });
    const gapLaw = countLaw({ law: "geometric", prob: countLaw(frequency).survival(0) });
    const total = new Float64Array(BLOCK_TRIALS + 1500);
    let draws = 0;
    for (const block of [0, 1]) {
      const trials = block === 0 ? BLOCK_TRIALS : 1500;
      const drawn = drawer(0, block);
      const gap = () => gapLaw.quantile(drawn.place(), "lower");
      for (let t = gap(); t < trials; t += 1 + gap()) {
        const count = positive.quantile(drawn.place(), "lower");
        for (let i = 0; i < count; i++) total[block * BLOCK_TRIALS + t] += law.quantile(drawn.amount(), "lower");
      }
      draws += drawn.draws();
    }
    losses.total.forEach((loss, t) => expect(Math.abs(loss - total[t])).toBeLessThan(1e-9 * (1 + loss)));
    expect(summary!.draws).toBe(draws);
  });
});

/** [count law, level, placement]: each law with each placement that it can have. */
const LAWS: readonly (readonly [FrequencySpec, OptimizationLevel, Placement])[] = [
  [{ law: "poisson", lambda: 0.3 }, 0, "perTrial"],
  [{ law: "poisson", lambda: 0.3 }, 2, "scatter"],
  [{ law: "poisson", lambda: 4 }, 2, "scatter"],
  [{ law: "negativeBinomial", size: 0.7, prob: 0.5 }, 2, "scatter"],
  [{ law: "geometric", prob: 0.8 }, 2, "scatter"],
  [{ law: "poissonInverseGaussian", mean: 0.5, dispersion: 2 }, 2, "scatter"],
  [{ law: "poisson", lambda: 0.5, zeroInflated: 0.3 }, 2, "skip"],
  [{ law: "negativeBinomial", size: 2, prob: 0.5, zeroModified: 0.8 }, 2, "skip"],
  [{ law: "logarithmic", prob: 0.4, zeroInflated: 0.7 }, 2, "skip"],
  [{ law: "delaporte", lambda: 0.1, size: 0.5, prob: 0.6 }, 2, "skip"],
  [{ law: "neymanA", lambda: 0.4, phi: 1.2 }, 2, "skip"],
  [{ law: "betaBinomial", size: 4, shape1: 0.3, shape2: 3 }, 2, "skip"],
  [{ law: "mixedPoisson", weights: [0.9, 0.1], lambdas: [0.05, 2] }, 2, "skip"],
  [{ law: "fixed", n: 0 }, 2, "skip"],
  [{ law: "empirical", probabilities: [0.7, 0, 0.3] }, 2, "skip"],
  [{ law: "mixedPoisson", weights: [0.98, 0.02], lambdas: [0, 90_000] }, 2, "skip"],
  [{ law: "poisson", lambda: 3, zeroTruncated: true }, 2, "perTrial"],
];

describe("counts by every placement", () => {
  test.each(LAWS)("%j, level %i, %s", async (frequency, level, placement) => {
    const blocks = countLaw(frequency).mean > 100 ? 1 : 25;
    const trials = blocks * BLOCK_TRIALS;
    const plan = rewritePlan(
      planOf([{ frequency, severity: { law: "constant", value: 1 } }], trials, String(LAWS.length)),
      level,
    );
    expect(plan.lines[0].placement).toBe(placement);
    const { losses, summary } = await runPlan(plan);
    const law = countLaw(frequency);

    // Mean within 4.5 standard errors; the count of each number of claims within 4.5 of its own.
    const mean = losses.claims.reduce((sum, k) => sum + k, 0) / trials;
    expect(Math.abs(mean - law.mean)).toBeLessThanOrEqual(4.5 * Math.sqrt(law.variance / trials));
    for (let k = 0; k < 6; k++) {
      const p = law.probability(k);
      const found = losses.claims.filter((count) => count === k).length;
      expect(Math.abs(found - trials * p)).toBeLessThanOrEqual(4.5 * Math.sqrt(trials * p * (1 - p)) + 1e-9);
    }
    // Every constant claim is one currency unit, so nothing is lost or counted twice.
    expect(losses.total).toEqual(losses.claims);
    // Planned draws are what was drawn, up to the chance in the counts (at most 2 places and an amount a claim).
    const spread = 3 * Math.sqrt((law.variance + law.mean) * trials) + 10;
    expect(Math.abs(summary!.draws - blocks * expectedDraws(plan.lines[0]))).toBeLessThan(4.5 * spread);
  });
});
