// What a method makes of a plan: which lines it changes, and which plans it refuses.
import { describe, expect, test } from "vitest";
import { expectedDraws } from "../../src/plan/expected-draws.ts";
import type { Line, Plan } from "../../src/plan/plan.ts";
import { MOST_DIMENSIONS } from "../../src/sampling/directions.ts";
import { groupingOf } from "../../src/sampling/grouping.ts";
import { pilotSeed } from "../../src/sampling/pilot-seed.ts";
import { isSampled, samplePlan } from "../../src/sampling/sample-plan.ts";
import { samplerOf } from "../../src/sampling/sampler.ts";
import { SCRAMBLE_STREAM } from "../../src/sampling/sobol.ts";
import { exponential, pareto, planOf, poisson } from "./books.ts";

const tilting = { amounts: [0, 1000], ratios: [1, 2] };
const DRIVEN = ["antithetic", "stratified", "sobol"] as const;

/** A line that brings most of the variance, two that bring little, one of rare claims that bring next to nothing. */
const POLICIES = [
  { frequency: poisson(2), severity: exponential, terms: { occurrence: { limit: 100 } } },
  { copies: 3, frequency: { law: "negativeBinomial", size: 2, prob: 0.5 }, severity: exponential },
  { frequency: poisson(5), severity: { law: "lognormal", meanlog: 9, sdlog: 1 } },
  { frequency: { law: "binomial", size: 3, prob: 0.001 }, severity: exponential },
];
const book = planOf(POLICIES);
const driven = ({ lines }: Plan) => lines.filter((line) => line.driven !== undefined);
const drawsOf = ({ lines }: Plan) => lines.reduce((sum, line) => sum + expectedDraws(line), 0);

describe.each(DRIVEN)("%s", (method) => {
  const plan = samplePlan(book, { method });

  test("drives lines, with a count for each trial, and leaves the others", () => {
    expect(driven(plan).length).toBeGreaterThan(1);
    for (const [i, line] of plan.lines.entries()) {
      if (line.driven === undefined) expect(line).toBe(book.lines[i]);
      else expect(line).toEqual({ ...book.lines[i], placement: "perTrial", driven: line.driven });
    }
    expect(plan.sampling?.method).toBe(method);
    expect(isSampled(plan)).toBe(true);
  });

  test("drives those claims that come in more than one trial of twenty", () => {
    // P(N > 9) is 0.032 and P(N > 8) 0.068 for λ = 5, as tables have it.
    expect(plan.lines.find(({ id }) => id === "p2")?.driven?.claims).toBe(9);
    const [one] = samplePlan(planOf([{ frequency: poisson(400), severity: exponential }]), { method }).lines;
    expect(one.driven?.claims).toBe(16);
  });

  test("at most doubles the draws", () => {
    const rare = planOf([
      { frequency: poisson(0.5), severity: exponential },
      ...Array.from({ length: 9 }, (_, i) => ({
        frequency: { law: "binomial", size: 2, prob: 0.01 * (i + 1) },
        severity: exponential,
      })),
    ]);
    const sampled = samplePlan(rare, { method });
    expect(drawsOf(sampled)).toBeLessThanOrEqual(2 * drawsOf(rare));
    expect(driven(sampled).length).toBeGreaterThan(0);
    expect(driven(sampled).length).toBeLessThan(rare.lines.length);
  });

  test("drives nothing of a book where a count for each trial is too much, or that has no claims", () => {
    const rare = planOf([{ frequency: poisson(0.01), severity: exponential }]);
    expect(isSampled(samplePlan(rare, { method }))).toBe(false);
    const none = samplePlan(planOf([{ frequency: poisson(0), severity: exponential }]), { method });
    expect(isSampled(none)).toBe(false);
    expect(samplerOf(none)!.lines).toEqual([{ counts: false, claims: false, payments: false }]);
  });

  test("drives lines by how much they make the sum vary", () => {
    const frequent = { frequency: { law: "binomial", size: 3, prob: 0.06 }, severity: exponential };
    const line = (terms: object) => ({ ...frequent, terms });
    // There are draws to spare for one of them: that with the largest payments.
    const variants: readonly (readonly [object, object])[] = [
      [{ occurrence: { limit: 500 } }, {}],
      [{ aggregate: { limit: 500 } }, {}],
      [{ insurerShare: 0.1 }, { insurerShare: 0.9 }],
      [{ occurrence: { deductible: 200, limit: 300 } }, { occurrence: { deductible: 100 } }],
    ];
    for (const [small, large] of variants) {
      const plan2 = planOf([line(small), line(large)], { optimizationLevel: 2 });
      expect(plan2.lines.map(({ placement }) => placement)).toEqual(["skip", "skip"]);
      const ids = driven(samplePlan(plan2, { method })).map(({ id }) => id);
      expect(ids).toEqual(["p1"]);
    }
  });

  test("hands its lines' counts and claims over", () => {
    const handed = plan.lines.map(({ driven: one }) => one !== undefined);
    expect(samplerOf(plan)!.lines).toEqual(
      handed.map((isDriven) => ({ counts: isDriven, claims: isDriven, payments: false })),
    );
  });
});

describe("Sobol's dimensions", () => {
  const widthOf = ({ copies, driven: one }: Line) => copies * (1 + one!.claims);

  test("of lines, copies, counts and claims are others, the first ones those of the line that matters most", () => {
    const plan = samplePlan(book, { method: "sobol" });
    const ordered = driven(plan).toSorted((a, b) => a.driven!.dimension - b.driven!.dimension);
    let next = 0;
    for (const line of ordered) {
      expect(line.driven!.dimension).toBe(next);
      next += widthOf(line);
    }
    expect(ordered[0].id).toBe("p2");
  });

  test("do not run out: lines that need more than are left are passed over", () => {
    const policies = Array.from({ length: 80 }, (_, i) => ({
      copies: i === 40 ? 200 : 1,
      frequency: { law: "negativeBinomial", size: 3, prob: 0.5 },
      severity: { law: "exponential", scale: 1000 + i },
    }));
    const plan = samplePlan(planOf(policies), { method: "sobol" });
    const ends = driven(plan).map((line) => line.driven!.dimension + widthOf(line));
    expect(Math.max(...ends)).toBeLessThanOrEqual(MOST_DIMENSIONS);
    expect(Math.max(...ends)).toBeGreaterThan(MOST_DIMENSIONS - 9);
    expect(plan.lines.find(({ copies }) => copies === 200)?.driven).toBeUndefined();
    expect(plan.sampling).toEqual({ method: "sobol", replicates: 16 });
    // Others need none.
    expect(driven(samplePlan(planOf(policies), { method: "antithetic" })).length).toBe(80);
  });

  test("stay below 256", () => expect(MOST_DIMENSIONS).toBe(256));
});

describe("control", () => {
  test("leaves all lines as they are", () => {
    const plan = samplePlan(book, { method: "control" });
    expect(plan).toEqual({ ...book, sampling: { method: "control" } });
    expect(isSampled(plan)).toBe(true);
  });
});

describe("importance", () => {
  test("tilts the lines that it can", () => {
    const plan = samplePlan(book, { method: "importance", tilting });
    expect(plan.lines.filter(({ tilt }) => tilt).map(({ id }) => id)).toEqual(["p1", "p2", "p3"]);
    expect(plan.sampling).toEqual({ method: "importance", ratios: [1, 2] });
    expect(isSampled(plan)).toBe(true);
    const none = planOf([{ frequency: { law: "fixed", n: 1 }, severity: pareto }]);
    expect(isSampled(samplePlan(none, { method: "importance", tilting }))).toBe(false);
  });

  test("tilts counts that are not Poisson's too, for at most three times the draws of the plan, those that matter most first", () => {
    const policies = [
      { frequency: poisson(2), severity: pareto },
      ...Array.from({ length: 40 }, (_, i) => ({
        frequency: { law: "binomial", size: 2, prob: 0.005 },
        severity: { law: "pareto", shape: 2, scale: 1000 + 100 * i },
      })),
    ];
    const plain = planOf(policies);
    const plan = samplePlan(plain, { method: "importance", tilting });
    expect(drawsOf(plan)).toBeLessThanOrEqual(4 * drawsOf(plain) + 1);
    expect(drawsOf(plan)).toBeGreaterThan(3.3 * drawsOf(plain));
    expect(plan.lines.every(({ tilt }) => tilt !== undefined)).toBe(true);
    const more = plan.lines.flatMap(({ untilted }, i) => (untilted === undefined ? [] : [i]));
    const first = more[0];
    expect(first).toBeGreaterThan(10);
    expect(more).toEqual(Array.from({ length: 41 - first }, (_, i) => first + i));
    // Of the others only the amounts.
    for (const [i, { frequency, placement }] of plan.lines.slice(1, first).entries()) {
      expect([frequency, placement]).toEqual([plain.lines[1 + i].frequency, plain.lines[1 + i].placement]);
    }
  });

  test("needs pairs of trials", () => {
    const refusal = expect.objectContaining({
      code: "BAD_PLAN",
      faults: [expect.objectContaining({ place: "trials" })],
    });
    expect(() => samplePlan({ ...book, trials: 4097 }, { method: "importance", tilting })).toThrow(refusal);
    for (const trials of [4098, null]) samplePlan({ ...book, trials }, { method: "importance", tilting });
  });
});

describe("the stream of the scrambling", () => {
  const withStreams = (firstStream: number, copies: number): Plan => {
    return { ...book, lines: [book.lines[0], { ...book.lines[1], firstStream, copies }] };
  };

  test.each([
    [SCRAMBLE_STREAM, 1],
    [SCRAMBLE_STREAM - 2, 3],
  ])("is refused to a line: from %i on, %i copies", (firstStream, copies) => {
    const plan = withStreams(firstStream, copies);
    expect(() => samplePlan(plan, { method: "sobol" })).toThrow(
      expect.objectContaining({
        code: "BAD_PLAN",
        faults: [{ place: "lines[1].firstStream", message: expect.stringContaining("4294967295") as string }],
      }),
    );
    for (const method of ["antithetic", "stratified", "control"] as const) samplePlan(plan, { method });
  });

  test("those before it are not", () => {
    expect(samplePlan(withStreams(SCRAMBLE_STREAM - 2, 2), { method: "sobol" }).sampling?.method).toBe("sobol");
  });
});

test("a plain plan is not sampled, and has no sampler", () => {
  expect(isSampled(book)).toBe(false);
  expect(samplerOf(book)).toBe(null);
});

test("which trials belong together", () => {
  expect(groupingOf({ method: "antithetic" })).toEqual({ size: 2 });
  expect(groupingOf({ method: "stratified" })).toEqual({ size: 128 });
  expect(groupingOf({ method: "sobol", replicates: 5 })).toEqual({ replicates: 5 });
  expect(groupingOf({ method: "importance", ratios: [1] })).toEqual({ size: 2 });
  expect(groupingOf({ method: "control" })).toEqual({ size: 1 });
});

test("pilots have another seed, and that of pilots is the run's own", () => {
  const seeds = ["0", "1", "42", String(2n ** 128n - 1n)];
  const others = seeds.map(pilotSeed);
  expect(new Set([...seeds, ...others]).size).toBe(8);
  expect(others.map(pilotSeed)).toEqual(seeds);
  expect(() => pilotSeed("seed")).toThrow(expect.objectContaining({ code: "BAD_CONFIGURATION" }));
});
