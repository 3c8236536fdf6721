import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  BLOCK_TRIALS,
  type FrequencySpec,
  OPTIMIZATION_LEVELS,
  compile,
  countLaw,
  definePlan,
  expectedDraws,
  explainPlan,
  makePlan,
  rewritePlan,
  samplePlan,
} from "../../src/index.ts";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";
import { planOf, poisson } from "./books.ts";

const workload = (name: string) =>
  parsePortfolio(
    readFileSync(new URL(`../../../../fixtures/workloads/${name}.json`, import.meta.url), "utf8"),
    "json",
    name,
  );

test("a sampling changes what lines draw and where it must their placement, and says so", () => {
  const definition = planOf([
    { frequency: poisson, severity: { law: "lognormal", meanlog: 12, sdlog: 1 } },
    { frequency: { law: "negativeBinomial", size: 3, prob: 0.1 } },
  ]);
  const plain = explainPlan(definition, 3);
  const sampled = samplePlan(plain.plan, { method: "antithetic" });
  const explained = explainPlan(definition, 3, sampled);
  expect(explained.plan).toBe(sampled);
  const i = sampled.lines.findIndex(({ placement }, j) => placement !== plain.lines[j].placement);
  expect(explained.lines[i]).toEqual({
    ...plain.lines[i],
    placement: "perTrial",
    place: "its sampling needs a count a year",
    draws: expectedDraws(sampled.lines[i]),
  });
  const tilting = { amounts: [0, 1], ratios: [1, 3] };
  const tilted = samplePlan(explainPlan(definition, 0).plan, { method: "importance", tilting });
  const { lines, draws } = explainPlan(definition, 0, tilted);
  expect(lines[0]).toMatchObject({ placement: "scatter", place: "its sampling scatters the claims it adds" });
  expect(draws).toBe(lines.reduce((sum, line) => sum + line.draws, 0));
});

describe("expected draws", () => {
  const lineOf = (frequency: FrequencySpec, level: 0 | 3, copies = 1) =>
    rewritePlan(planOf([{ frequency, copies, terms: { aggregate: { limit: 1e6 } } }]), level).lines[0];

  test("perTrial: a count a trial and a uniform a claim, over all copies", () => {
    expect(expectedDraws(lineOf(poisson, 0, 10))).toBeCloseTo(4096 * 13, 6);
    expect(expectedDraws(lineOf(poisson, 0, 10), 100)).toBeCloseTo(100 * 13, 6);
  });

  test.each([0.0001, 0.002, 0.01, 0.0122, 0.0123, 1])("scatter: words as they add up for lambda %d", (lambda) => {
    const line = lineOf({ law: "poisson", lambda }, 3);
    expect(line.placement).toBe("scatter");
    const law = countLaw({ law: "poisson", lambda: BLOCK_TRIALS * lambda });
    let words = 0;
    for (let k = 0; k < 6000; k++) words += Math.ceil(k / 5) * law.probability(k);
    expect(expectedDraws(line)).toBeCloseTo(1 + words + BLOCK_TRIALS * lambda, 8);
    // The whole block is drawn, whatever is asked for.
    expect(expectedDraws(line, 100)).toBe(expectedDraws(line));
  });

  test("scatter with clusters: a uniform more for each cluster's size", () => {
    const line = lineOf({ law: "negativeBinomial", size: 0.5, prob: 0.5 }, 3);
    const clusters = BLOCK_TRIALS * 0.5 * Math.LN2;
    expect(expectedDraws(line)).toBeCloseTo(1 + (clusters + 2) / 5 + clusters + BLOCK_TRIALS * 0.5, 8);
  });

  test("skip: a gap and a count a hit, and the last gap", () => {
    const line = lineOf({ ...poisson, zeroInflated: 0.6 }, 3);
    expect(line.placement).toBe("skip");
    const hit = 0.4 * -Math.expm1(-0.3);
    expect(expectedDraws(line, 1000)).toBeCloseTo(1 + 1000 * (2 * hit + 0.4 * 0.3), 8);
  });
});

describe("the workloads need fewer draws", () => {
  test.each([
    ["W1", 3.5],
    ["W2", 3.5],
    ["W3", 3.5],
    ["W4", 3.5],
    ["W10", 3.5],
    ["W9", 50],
  ])("%s, at whole blocks: at least %d times fewer", (name, least) => {
    const explanation = explainPlan(definePlan(workload(name), { seed: "1", trials: 1000 }), 3);
    const { draws, drawsBefore, wholeBlockFactor } = explanation;
    const factor = (drawsBefore / draws).toFixed(1);
    console.log(`${name}: ${factor} times fewer draws; at 1,000 trials ${wholeBlockFactor!.toFixed(2)} x their share`);
    expect(drawsBefore / draws).toBeGreaterThan(least);
    expect(explanation.draws).toBeCloseTo(
      explanation.lines.reduce((sum, line) => sum + line.draws, 0),
      3,
    );
  });
});

describe("explainPlan", () => {
  const definition = planOf([
    { copies: 10, terms: { occurrence: { deductible: 4000 } } },
    { terms: { occurrence: { deductible: 4000 } } },
    { copies: 2, frequency: { law: "fixed", n: 1 } },
    { terms: { aggregate: { limit: 5 } } },
  ]);

  test.each(OPTIMIZATION_LEVELS)("level %i: claims and policies stay, draws do not grow", (level) => {
    const { plan, lines, policies, claims, drawsBefore, draws } = explainPlan(definition, level);
    expect(plan).toEqual(rewritePlan(definition, level));
    expect([policies, plan.lines.length]).toEqual([14, level === 0 ? 4 : 3]);
    expect(claims).toBeCloseTo(12 * 0.3 + 2, 12);
    expect(drawsBefore).toBeCloseTo(4096 * (14 + claims), 6);
    expect(draws).toBeLessThanOrEqual(drawsBefore);
    expect(lines.map(({ id }) => id)).toEqual(plan.lines.map(({ id }) => id));
  });

  test("what was done, or why it was not", () => {
    const reasons = (level: 0 | 1 | 2 | 3) =>
      explainPlan(definition, level).lines.map(({ merge, thin, place }) => [merge, thin, place]);
    expect(reasons(3)).toEqual([
      [
        "poisson counts add up",
        "only claims above 4000 pay",
        expect.stringMatching(/draws a year to place its claims, not 1/),
      ],
      ["fixed counts do not add up to one of their kind", "every claim can pay", "claims in half of the years or more"],
      ["no other has its severity and terms", "every claim can pay", expect.stringMatching(/^0\.06 draws/)],
    ]);
    const limited = { terms: { aggregate: { limit: 5 } } };
    const twoAlike = explainPlan(
      planOf([limited, limited, { ...limited, copies: 2, severity: { law: "constant", value: 1 } }]),
      3,
    );
    expect(twoAlike.lines.map(({ merge }) => merge)).toEqual(
      Array.from({ length: 3 }, () => "an aggregate term stands between"),
    );
    expect(reasons(1)[0]).toEqual(["poisson counts add up", "not at level 1", "not at level 1"]);
    expect(reasons(2)[0].slice(0, 2)).toEqual(["poisson counts add up", "not at level 2"]);
    expect(reasons(0)[0][0]).toBe("not at level 0");
    const byPolicy = planOf([{}, {}], ["total", "byPolicy"]);
    expect(explainPlan(byPolicy, 3).lines[0].merge).toBe("losses by policy are asked for");
    expect(explainPlan(planOf([{}]), 3).lines[0].merge).toBe("no other has its severity and terms");
  });

  test("the run: whole blocks, and the last one for scattered lines", () => {
    const endless = { ...definition, trials: null };
    expect(explainPlan(endless, 3)).toMatchObject({ runDraws: null, wholeBlockFactor: null });
    const whole = explainPlan({ ...definition, trials: 8192 }, 3);
    expect(whole.runDraws).toBeCloseTo(2 * whole.draws, 6);
    expect(whole.wholeBlockFactor).toBeCloseTo(1, 12);
    expect(explainPlan({ ...definition, trials: 1000 }, 0).wholeBlockFactor).toBeCloseTo(1, 12);
  });
});

describe("plans", () => {
  test("depend on the number of trials only by their horizon", () => {
    const book = workload("W9");
    const at = (trials: number) => makePlan(book, { seed: "1", trials });
    expect({ ...at(5000), trials: 0 }).toEqual({ ...at(65_536), trials: 0 });
    expect({ ...at(5000), trials: 0, horizon: 0 }).toEqual({ ...at(1e7), trials: 0, horizon: 0 });
  });

  test("of 10,000 gamma shapes stay small, compiled and as text", () => {
    const policies = Array.from({ length: 10_000 }, (_, i) => ({
      frequency: { law: "poisson", lambda: 0.05 + i / 20_000 } as const,
      severity: { law: "gamma", shape: 0.5 + i / 1000, scale: 1000 } as const,
      terms: { occurrence: { deductible: 500 } },
    }));
    const plan = rewritePlan(planOf(policies), 3);
    expect(plan.lines).toHaveLength(10_000);
    const bytes = compile(plan).buffer.byteLength;
    const text = JSON.stringify(plan).length;
    console.log(`10,000 gamma shapes: ${(bytes / 1e6).toFixed(1)} MB compiled, ${(text / 1e6).toFixed(1)} MB of JSON`);
    expect(bytes).toBeLessThan(64e6);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
});
