// What every kernel must do, by hand and against the definition: shared by the tests of the fast backends.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { backend as naive } from "../../packages/backend-naive/src/index.ts";
import {
  type Backend,
  COUNT,
  OPTIMIZATION_LEVELS,
  type OptimizationLevel,
  type Output,
  PLACES,
  type Plan,
  SEVERITY,
  SIZES,
  checkPortfolio,
  compile,
  makePlan,
  tableAt,
} from "../../packages/core/src/index.ts";
import { agreementOf, firstDifference, runOf } from "./agreement.ts";
import { WORKED } from "./worked-terms.ts";

interface Run {
  readonly trials?: number;
  readonly seed?: string;
  readonly outputs?: readonly Output[];
  readonly level?: OptimizationLevel;
}

const ALL: readonly Output[] = ["total", "maxOccurrence", "claims", "byPolicy"];

function planOf(policies: readonly object[], { trials = 1, seed = "1", outputs, level }: Run = {}) {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  const portfolio = checkPortfolio({ name: "book", policies: whole });
  return makePlan(portfolio, { trials, seed, ...(outputs && { outputs }), optimizationLevel: level ?? 3 });
}

const fixed = (n: number) => ({ law: "fixed", n });
const constant = (value: number) => ({ law: "constant", value });
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const deductible = { occurrence: { deductible: 1000, limit: 5000 } };
const yearly = { aggregate: { deductible: 2000, limit: 9000 }, insurerShare: 0.7 };

/** Books whose blocks are out of the ordinary. */
const ODD: readonly (readonly [what: string, policies: readonly object[], run: Run])[] = [
  ["more claims than a chunk", [{ frequency: { law: "poisson", lambda: 9 }, severity: lognormal }], {}],
  [
    "thousands of claims a trial, placed trial by trial",
    [{ frequency: { law: "poisson", lambda: 3000 }, severity: lognormal, terms: yearly }],
    { trials: 9, level: 1 },
  ],
  [
    "a chunk of claims and one more, and no more than a chunk, with yearly terms",
    [640, 641, 1280, 1].map((n) => ({ frequency: fixed(n), severity: lognormal, terms: yearly })),
    { trials: 2 },
  ],
  [
    "clusters of many claims, more of them than a chunk",
    [{ frequency: { law: "negativeBinomial", size: 0.1, prob: 0.02 }, severity: lognormal, terms: deductible }],
    { trials: 500 },
  ],
  [
    "clusters that are cut by a chunk, with yearly terms",
    [
      {
        copies: 2,
        frequency: { law: "negativeBinomial", size: 0.06, prob: 0.002 },
        severity: lognormal,
        terms: yearly,
      },
    ],
    {},
  ],
  [
    "clusters of both other laws that have them, in two blocks",
    [
      { frequency: { law: "poissonInverseGaussian", mean: 0.5, dispersion: 2 }, severity: lognormal, terms: yearly },
      { copies: 2, frequency: { law: "geometric", prob: 0.8 }, severity: lognormal, terms: deductible },
    ],
    { trials: 4099, outputs: ALL },
  ],
  [
    "clusters whose sizes are too wide for a table",
    [{ frequency: { law: "negativeBinomial", size: 0.001, prob: 1e-5 }, severity: constant(1) }],
    {},
  ],
  [
    "counts too wide for a table",
    [{ frequency: { law: "poisson", lambda: 2e5 }, severity: constant(1) }],
    { trials: 2 },
  ],
  [
    "counts too wide for a table, placed trial by trial",
    [{ frequency: { law: "mixedPoisson", weights: [1, 1], lambdas: [1, 2e5] }, severity: constant(1) }],
    { trials: 5 },
  ],
  [
    "counts too wide for a table in few trials",
    [
      {
        frequency: { law: "delaporte", lambda: 1e-5, size: 0.001, prob: 1e-5 },
        severity: constant(1),
        terms: { aggregate: { limit: 1000 } },
      },
    ],
    { trials: 4096 },
  ],
  [
    "few trials with claims, none in the first",
    [{ frequency: { law: "binomial", size: 3, prob: 0.002 }, severity: lognormal, terms: deductible }],
    { trials: 4097 },
  ],
  [
    "a franchise, an attachment, shares of 0, limits of 0",
    [
      { occurrence: { deductible: 3000, deductibleKind: "franchise", attachment: 500, limit: 9000 } },
      { occurrence: { attachment: 2000 }, insurerShare: 0 },
      { occurrence: { limit: 0 } },
      { aggregate: { limit: 0 }, occurrence: { deductible: 10 } },
      {},
    ].map((terms) => ({ frequency: { law: "poisson", lambda: 0.7 }, severity: lognormal, terms })),
    { outputs: ALL },
  ],
  [
    "holes, atoms and steps",
    [
      { law: "triangular", min: 150, mode: 420, max: 1400 },
      { law: "histogram", edges: [0, 100, 500, 2000], weights: [3, 4, 2] },
      { law: "mixture", weights: [1, 1], components: [constant(1000), { law: "exponential", scale: 700 }] },
      { law: "empirical", values: [500, 1000, 1500, 9000], weights: [1, 2, 3, 1] },
      { law: "gamma", shape: 0.01, scale: 1e5 },
    ].map((severity) => ({ frequency: { law: "poisson", lambda: 0.7 }, severity, terms: deductible })),
    { outputs: ALL },
  ],
  [
    "layers that next to no claim reaches",
    [{ frequency: { law: "poisson", lambda: 9 }, severity: lognormal, terms: { occurrence: { attachment: 1e5 } } }],
    {},
  ],
  ["nobody ever claims", [{ frequency: { law: "poisson", lambda: 0 }, severity: lognormal, terms: yearly }], {}],
  [
    "gammas that have quantile tables",
    [
      {
        frequency: { law: "poisson", lambda: 40 },
        severity: { law: "gamma", shape: 3, scale: 900 },
        terms: deductible,
      },
    ],
    { trials: 30_000 },
  ],
];

/** What `waysOf` finds in the books together. Gaps always have a table, and claims that are placed by trial no sizes. */
const WAYS: readonly string[] = [
  "claims are a curve",
  "claims are a curve with holes",
  "claims are a line",
  "claims are a quantile",
  "claims are steps",
  "perTrial: places by search",
  "perTrial: places by table",
  "scatter: places by search",
  "scatter: places by table",
  "scatter: sizes by search",
  "scatter: sizes by table",
  "skip: places by table",
  "skip: sizes by search",
  "skip: sizes by table",
];

const FORMS = ["a line", "a curve", "a quantile", "steps"];

/** How a kernel gets the places, sizes and amounts of a plan's claims. */
function waysOf(plan: Plan): string[] {
  const { counts, severities } = compile(plan);
  return plan.lines.flatMap(({ placement }, i) => {
    const form = FORMS[severities[i * SEVERITY.fields + SEVERITY.form]];
    const holes = severities[i * SEVERITY.fields + SEVERITY.hasHoles] === 1 ? " with holes" : "";
    const lengths = ([PLACES, SIZES] as const).map((table) => counts[tableAt(i, table) + COUNT.length]);
    const tables = ["places", "sizes"].flatMap((what, j) => {
      if (lengths[j] === 0) return [];
      return `${placement}: ${what} by ${lengths[j] < 0 ? "search" : "table"}`;
    });
    return [`claims are ${form}${holes}`, ...tables];
  });
}

/** Registers the tests of a backend whose kernel is fast and promises its bits. */
export function describeKernel(backend: Backend): void {
  describe("terms, worked by hand", () => {
    test.each(WORKED)("%i claims of %i with %j", async (n, value, terms, total, maxOccurrence, claims) => {
      const { losses } = await runOf(backend, planOf([{ frequency: fixed(n), severity: constant(value), terms }]));
      expect([losses.total[0], losses.maxOccurrence[0], losses.claims[0]]).toEqual([total, maxOccurrence, claims]);
    });

    test("an aggregate term applies to each copy on its own", async () => {
      const terms = { aggregate: { deductible: 150 } };
      const policies = [{ copies: 2, frequency: fixed(2), severity: constant(100), terms }];
      expect((await runOf(backend, planOf(policies))).losses.total[0]).toBe(100);
    });

    test("policies add up, with and without aggregate terms, and by policy", async () => {
      const policies = [
        { frequency: fixed(2), severity: constant(10), terms: { aggregate: { limit: 15 } } },
        { copies: 3, frequency: fixed(1), severity: constant(4), terms: { insurerShare: 0.5 } },
      ];
      const { losses } = await runOf(backend, planOf(policies, { trials: 4097, outputs: ALL }));
      expect([losses.total[4096], losses.maxOccurrence[4096], losses.claims[4096]]).toEqual([21, 10, 5]);
      expect(losses.byPolicy!.map((line) => line[4096])).toEqual([15, 6]);
    });
  });

  describe("against the definition", () => {
    test.each(ODD)("%s", async (_, policies, run) => {
      const plan = planOf(policies, { trials: 4096, ...run });
      const [expected, found] = [await runOf(naive, plan), await runOf(backend, plan)];
      expect(found.summary?.draws).toBe(expected.summary?.draws);
      const { worst, unexplained } = await agreementOf(naive, plan, expected, found);
      expect(unexplained).toBe(0);
      expect(worst).toBeLessThan(1e-11);
    });

    // A book that a rewrite treats otherwise than its name says tests something else, and nobody notices.
    test("every way to place claims and to compute amounts is in those books", () => {
      const found = new Set(ODD.flatMap(([, policies, run]) => waysOf(planOf(policies, { trials: 4096, ...run }))));
      expect([...found].toSorted()).toEqual(WAYS);
    });

    test.each(OPTIMIZATION_LEVELS)("a longer run begins with the trials of a shorter one, level %i", async (level) => {
      const policies = ODD.flatMap(([what, book]) => (/chunk|wide|thousands|tables/.test(what) ? [] : book));
      const long = await runOf(backend, planOf(policies, { trials: 9000, level }));
      for (const trials of [1, 4095, 4096, 4097]) {
        const { losses } = await runOf(backend, planOf(policies, { trials, level }));
        for (const name of ["total", "maxOccurrence", "claims"] as const) {
          expect(losses[name]).toEqual(long.losses[name].slice(0, trials));
        }
      }
    });

    test("the same seed gives the same bits, another seed other losses", async () => {
      const policies = ODD[0][1];
      const [a, b, c] = await Promise.all(
        ["7", "7", "8"].map((seed) => runOf(backend, planOf(policies, { trials: 5000, seed }))),
      );
      expect(firstDifference(a, b)).toBeNull();
      expect(firstDifference(a, c)).not.toBeNull();
    });
  });

  describe("memory", () => {
    const watch = (leak: "nothing" | "objects" | "buffers") => {
      const script = new URL("watch-memory.ts", import.meta.url).pathname;
      const args = ["--conditions=source", "--expose-gc", script, backend.name, leak];
      // What it runs is watched and not checked: it does not count as covered.
      const { NODE_V8_COVERAGE: _, ...env } = process.env;
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout) as { readonly major: number; readonly bytesPerBlock: number };
    };
    // What the engine boxes of numbers that pass between functions: a few bytes a trial. A double boxed for each claim of
    // that book is 190,000.
    const MOST = 16_384;

    test("once warm a block allocates next to nothing, and nothing has to be collected", () => {
      const { major, bytesPerBlock } = watch("nothing");
      expect(major).toBe(0);
      expect(bytesPerBlock).toBeLessThan(MOST);
    });

    test("a block that allocates would be noticed", () => {
      expect(watch("objects").bytesPerBlock).toBeGreaterThan(MOST);
      // Buffers are not on the heap, and full collections are what frees them.
      expect(watch("buffers").major).toBeGreaterThan(0);
    });
  });
}
