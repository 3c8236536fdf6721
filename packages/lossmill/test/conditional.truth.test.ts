// Conditional Monte Carlo against answers that it did not compute: of whole books, limits and ties, and over many seeds.
import { backend as naive } from "@lossmill/backend-naive";
import { backend as vectorized } from "@lossmill/backend-vectorized";
import { backend as wasm } from "@lossmill/backend-wasm";
import {
  type Figure,
  type OptimizationLevel,
  type Plan,
  type Portfolio,
  type TrialLosses,
  checkPortfolio,
  intensityRefusal,
  isSampled,
  makePlan,
  samplePlan,
} from "@lossmill/core";
import { exactAnswer } from "@lossmill/exact";
import { describe, expect, test } from "vitest";
import { runOf } from "../../../tools/testing/agreement.ts";
import { sampledFigures } from "../src/sampling/sampled-figures.ts";
import { sampledPlan } from "../src/sampling/sampled-plan.ts";
import { referenceCases } from "./reference-book.ts";

const LEVELS = [0.99, 0.995, 0.999];
const poisson = (lambda: number) => ({ law: "poisson", lambda });

function bookOf(policies: readonly object[]): Portfolio {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  return checkPortfolio({ name: "book", currency: "EUR", policies: whole });
}

function planOf(portfolio: Portfolio, trials: number, seed = "7", optimizationLevel: OptimizationLevel = 3): Plan {
  return samplePlan(makePlan(portfolio, { seed, trials, optimizationLevel }), { method: "conditional" });
}

/** Several policies with equal limits, net; and one whose claims are all equal. */
const equalLimits = bookOf([
  {
    frequency: poisson(0.8),
    severity: { law: "pareto", shape: 1, scale: 1000 },
    terms: { occurrence: { limit: 5000 } },
  },
  {
    frequency: poisson(1),
    severity: { law: "lognormal", meanlog: 7, sdlog: 2 },
    terms: { occurrence: { limit: 10_000, deductible: 100 }, insurerShare: 0.5 },
  },
  { copies: 3, frequency: poisson(0.1), severity: { law: "constant", value: 5000 } },
]);
const sureAmounts = bookOf([
  { frequency: poisson(2), severity: { law: "empirical", values: [1, 2, 2, 5, 100], weights: [1, 2, 2, 1, 0.01] } },
  { frequency: poisson(1), severity: { law: "constant", value: 5 } },
]);
const heavy = bookOf([
  { frequency: poisson(2), severity: { law: "pareto", shape: 2.5, scale: 1000 } },
  { frequency: poisson(0.5), severity: { law: "lognormal", meanlog: 7, sdlog: 1.5 }, terms: { insurerShare: 0.5 } },
]);
const franchise = bookOf([
  {
    frequency: poisson(2),
    severity: { law: "lognormal", meanlog: 5, sdlog: 1 },
    terms: { occurrence: { deductible: 200, deductibleKind: "franchise", attachment: 50, limit: 1000 } },
  },
]);

/** A limit, and claims beyond it. */
const unlimited = bookOf([
  { frequency: poisson(2), severity: { law: "pareto", shape: 1, scale: 1000 }, terms: { occurrence: { limit: 5000 } } },
  { frequency: poisson(1), severity: { law: "lognormal", meanlog: 8, sdlog: 1 } },
]);

/** How many standard errors a figure is off; of a figure without one, by how much of the truth, in parts of 1e-12. */
function distance({ value, se }: Figure, truth: number | null): number {
  if (truth === null) return NaN;
  if (truth === 0) return value === 0 ? 0 : Infinity;
  return Math.abs(value! - truth) / Math.max(se ?? 0, 1e-12 * truth);
}

describe("books of others' answers", () => {
  const cases = referenceCases().filter(({ book }) => {
    return (
      intensityRefusal(planOf(book, 1)) === null && book.policies.every(({ frequency }) => lambdaOf(frequency) < 100)
    );
  });

  function lambdaOf(frequency: Portfolio["policies"][number]["frequency"]): number {
    return frequency.law === "poisson" ? frequency.lambda : Infinity;
  }

  test("there are enough of them", () => {
    expect(cases.length).toBeGreaterThanOrEqual(14);
  });

  test.each(cases)("$name", async ({ book, exact }) => {
    const plan = planOf(book, 32_768);
    const levels = exact.levels.map(({ p }) => p).filter((p) => p >= 0.5);
    const { quantiles } = sampledFigures(plan, (await runOf(wasm, plan)).losses, levels);
    for (const { p, var: value, tvar } of quantiles) {
      const truth = exact.levels.find((level) => level.p === p)!;
      expect(distance(value, truth.var)).toBeLessThan(4.5);
      if (typeof truth.tvar === "number") expect(distance(tvar, truth.tvar)).toBeLessThan(4.5);
      else expect(tvar.value).toBeNull();
    }
  });
});

describe("books with claims of equal size, and others", () => {
  test.each(Object.entries({ equalLimits, sureAmounts, heavy, franchise, unlimited }))("%s", async (_, book) => {
    const plan = planOf(book, 262_144);
    const exact = exactAnswer(book, { at: LEVELS });
    const { quantiles } = sampledFigures(plan, (await runOf(wasm, plan)).losses, LEVELS);
    for (const [i, { var: value, tvar }] of quantiles.entries()) {
      expect(distance(value, exact.quantiles[i].var.value)).toBeLessThan(4.5);
      expect(distance(tvar, exact.quantiles[i].tvar.value)).toBeLessThan(4.5);
      expect(value.effectiveTrials).toBeGreaterThan(1.5 * 262_144);
    }
  });
});

test.each([0, 3] as const)(
  "ties are the same bits on every backend, at level %d, and draws as of plain trials",
  async (level) => {
    for (const book of [equalLimits, sureAmounts, unlimited]) {
      const plan = planOf(book, 10_000, "3", level);
      const [fast, fastest, definition] = [
        await runOf(vectorized, plan),
        await runOf(wasm, plan),
        await runOf(naive, plan),
      ];
      expect(fast.losses.controls).toEqual(fastest.losses.controls);
      expect(definition.losses.controls).toEqual(fastest.losses.controls);
      const { sampling, ...plain } = plan;
      expect(sampling).toEqual({ method: "conditional" });
      const { losses } = await runOf(wasm, plain);
      expect(losses.total).toEqual(fastest.losses.total);
      const [ties] = fastest.losses.controls!;
      expect(ties.some((many) => many > 1)).toBe(true);
      if (book === unlimited)
        expect(ties.every((many, i) => many === 0 || losses.maxOccurrence[i] === 5000)).toBe(true);
      expect(ties.every((many, i) => many <= losses.claims[i] && (many === 0 || losses.maxOccurrence[i] > 0))).toBe(
        true,
      );
    }
  },
);

test("intervals hold the truth in about 95 % of runs", async () => {
  const RUNS = 500;
  const TRIALS = 8192;
  for (const [name, book] of Object.entries({ equalLimits, heavy })) {
    const exact = exactAnswer(book, { at: LEVELS });
    const plan = planOf(book, RUNS * TRIALS, "20270101");
    const { losses } = await runOf(wasm, plan);
    const held = LEVELS.map(() => ({ var: 0, tvar: 0 }));
    for (let run = 0; run < RUNS; run++) {
      const { quantiles } = sampledFigures(plan, partOf(losses, run * TRIALS, TRIALS), LEVELS);
      for (const [i, one] of quantiles.entries()) {
        for (const figure of ["var", "tvar"] as const) {
          const { low, high } = one[figure];
          const truth = exact.quantiles[i][figure].value!;
          if (low !== null && low <= truth && truth <= high!) held[i][figure]++;
        }
      }
    }
    console.log(`${name}: intervals that hold the truth, of ${RUNS}:`, held);
    for (const one of held) {
      for (const many of [one.var, one.tvar]) {
        expect(many).toBeGreaterThanOrEqual(0.92 * RUNS);
        expect(many).toBeLessThanOrEqual(0.98 * RUNS);
      }
    }
  }
});

function partOf({ total, maxOccurrence, claims, controls }: TrialLosses, from: number, many: number): TrialLosses {
  const part = (values: Float64Array) => values.slice(from, from + many);
  return {
    total: part(total),
    maxOccurrence: part(maxOccurrence),
    claims: part(claims),
    controls: controls!.map(part),
  };
}

test("what the method does nothing for says why", async () => {
  const choice = { backend: wasm, settings: {} } as Parameters<typeof sampledPlan>[3];
  const severity = { law: "exponential", scale: 10 };
  const sampled = (policies: readonly object[]) =>
    sampledPlan(makePlan(bookOf(policies), { seed: "1", trials: 1 }), "conditional", { samplingLevel: 0.99 }, choice);
  expect(await sampled([{ frequency: { law: "fixed", n: 1 }, severity }])).toMatch(/Poisson counts/u);
  expect(await sampled([{ frequency: poisson(1), severity, terms: { aggregate: { limit: 5 } } }])).toMatch(
    /of the year/u,
  );
  const plan = await sampled([{ frequency: poisson(1), severity }]);
  expect(typeof plan !== "string" && isSampled(plan)).toBe(true);
});
