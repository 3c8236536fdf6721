// Each method's figures against the exact answer, in the standard errors that they come with. Seeds are fixed.
import { SAMPLING_METHODS, checkPortfolio, collect, compile, makePlan, resolveConfig } from "@lossmill/core";
import { exactAnswer } from "@lossmill/exact";
import { afterAll, describe, expect, test } from "vitest";
import { chooseBackend } from "../src/choose-backend.ts";
import { sampledFigures } from "../src/sampling/sampled-figures.ts";
import { sampledPlan } from "../src/sampling/sampled-plan.ts";

/** Sixteen blocks: one of each replicate of Sobol's points. */
const TRIALS = 65_536;
const LEVEL = 0.99;
/** Standard errors that a figure may be off. */
const LARGEST = 4;

const poisson = (lambda: number) => ({ law: "poisson", lambda });
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1.2 };

const BOOKS: Readonly<Record<string, readonly object[]>> = {
  "policies with deductibles and limits": [
    { copies: 4, frequency: poisson(0.5), severity: lognormal, terms: { occurrence: { deductible: 1000 } } },
    { frequency: poisson(1.5), severity: { law: "gamma", shape: 2, scale: 3000 }, terms: { insurerShare: 0.6 } },
    {
      frequency: poisson(0.4),
      severity: { law: "pareto", shape: 3, scale: 20_000 },
      terms: { occurrence: { attachment: 5000, limit: 200_000 } },
    },
  ],
  "terms of the year": [
    { copies: 2, frequency: poisson(2), severity: lognormal, terms: { aggregate: { deductible: 10_000 } } },
    {
      frequency: poisson(0.8),
      severity: lognormal,
      terms: { occurrence: { deductible: 500 }, aggregate: { deductible: 2000, limit: 60_000 }, insurerShare: 0.8 },
    },
  ],
  "laws of every kind": [
    { frequency: { law: "negativeBinomial", size: 2, prob: 0.5 }, severity: { law: "exponential", scale: 5000 } },
    { frequency: { law: "binomial", size: 3, prob: 0.2 }, severity: { law: "gamma", shape: 0.7, scale: 12_000 } },
    { copies: 3, frequency: poisson(0.6), severity: { law: "weibull", shape: 0.8, scale: 6000 } },
    { frequency: poisson(1), severity: { law: "uniform", min: 1000, max: 30_000 } },
  ],
  "no Poisson counts": [
    {
      copies: 3,
      frequency: { law: "negativeBinomial", size: 0.5, prob: 0.4 },
      severity: lognormal,
      terms: { occurrence: { deductible: 2000, limit: 80_000 } },
    },
    { frequency: { law: "geometric", prob: 0.6 }, severity: { law: "gamma", shape: 0.7, scale: 9000 } },
    {
      frequency: { law: "poissonInverseGaussian", mean: 0.5, dispersion: 2 },
      severity: lognormal,
      terms: { occurrence: { deductible: 500 }, aggregate: { deductible: 3000, limit: 70_000 }, insurerShare: 0.8 },
    },
    { frequency: { ...poisson(0.8), zeroInflated: 0.3 }, severity: { law: "pareto", shape: 3, scale: 15_000 } },
    { frequency: { law: "binomial", size: 3, prob: 0.2 }, severity: { law: "weibull", shape: 0.8, scale: 6000 } },
  ],
};

let worst = 0;
afterAll(() => console.log(`worst of all figures: ${worst.toFixed(1)} standard errors from the exact one`));

describe.each(Object.entries(BOOKS).map(([name, policies], i) => [name, policies, 3000 + 100 * i] as const))(
  "%s",
  (...given) => {
    const [name, policies, firstSeed] = given;
    const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
    const portfolio = checkPortfolio({ name, policies: whole });
    const exact = exactAnswer(portfolio, { at: [LEVEL] });
    const [{ var: valueAtRisk, tvar }] = exact.quantiles;

    test.each(SAMPLING_METHODS.map((method, i) => [method, String(firstSeed + i)] as const))(
      "%s",
      async (method, seed) => {
        const plain = makePlan(portfolio, { seed, trials: TRIALS });
        const config = resolveConfig({ backend: "wasm", samplingLevel: LEVEL, tuning: "none" });
        const choice = await chooseBackend(config, plain);
        const plan = await sampledPlan(plain, method, config, choice);
        if (typeof plan === "string") {
          // Of books whose claims are no Poisson process of payments that add up.
          expect([method, name]).not.toEqual(["conditional", "policies with deductibles and limits"]);
          expect(method, plan).toBe("conditional");
          return;
        }
        await using simulator = await choice.backend.open(choice.settings);
        const { losses } = await collect(plan, simulator.simulate(plan, { compiled: compile(plan) }));
        const { mean, quantiles, claims } = sampledFigures(plan, losses, [LEVEL]);

        const distances: Record<string, number> = {};
        const figures = [
          ["mean", mean, exact.mean],
          ["VaR", quantiles[0].var, valueAtRisk],
          ["TVaR", quantiles[0].tvar, tvar],
          ["claims", claims, { value: exact.claims, error: 0 }],
        ] as const;
        for (const [figure, found, due] of figures) {
          // A mean that is known has no error; that of the exact answer, and rounding, are left.
          const most = found.se! + due.error! / LARGEST + 1e-9 * due.value!;
          distances[figure] = (found.value! - due.value!) / most;
          expect(found.se! / due.value!, figure).toBeLessThan(0.03);
        }
        for (const [figure, distance] of Object.entries(distances)) {
          worst = Math.max(worst, Math.abs(distance));
          expect(Math.abs(distance), `${figure}: ${distance} standard errors`).toBeLessThan(LARGEST);
        }
      },
    );
  },
);
