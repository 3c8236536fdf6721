// Books whose blocks are out of the ordinary, for the tests of kernels.
import {
  COUNT,
  type GeneratorName,
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

/** How a book is run. */
export interface Run {
  readonly trials?: number;
  readonly seed?: string;
  readonly generator?: GeneratorName;
  /** By default `trials`. */
  readonly horizon?: number;
  readonly outputs?: readonly Output[];
  readonly level?: OptimizationLevel;
}

/** All that a kernel can be asked for. */
export const ALL: readonly Output[] = ["total", "maxOccurrence", "claims", "byPolicy"];

/** The plan of a book's policies, which need no ids; of one trial and level 3 unless told. */
export function planOf(
  policies: readonly object[],
  { trials = 1, seed = "1", generator, horizon, outputs, level }: Run = {},
) {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  const portfolio = checkPortfolio({ name: "book", policies: whole });
  return makePlan(portfolio, {
    trials,
    seed,
    generator,
    horizon,
    ...(outputs && { outputs }),
    optimizationLevel: level ?? 3,
  });
}

export const fixed = (n: number) => ({ law: "fixed", n });
export const constant = (value: number) => ({ law: "constant", value });
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const deductible = { occurrence: { deductible: 1000, limit: 5000 } };
const yearly = { aggregate: { deductible: 2000, limit: 9000 }, insurerShare: 0.7 };

/** Books whose blocks are out of the ordinary. */
export const ODD: readonly (readonly [what: string, policies: readonly object[], run: Run])[] = [
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
    // About five of the copies have 640 claims in the block.
    "just a chunk of claims and trials without any after it, with yearly terms",
    [{ copies: 300, frequency: { law: "poisson", lambda: 640 / 4096 }, severity: lognormal, terms: yearly }],
    { level: 0 },
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
    "scattered claims some of which do not pay, ordinary ones and franchises",
    [
      { occurrence: { deductible: 2500, limit: 9000 }, insurerShare: 0.7 },
      { occurrence: { deductible: 2500, deductibleKind: "franchise", attachment: 3000 } },
    ].map((terms) => ({ frequency: { law: "poisson", lambda: 0.7 }, severity: lognormal, terms })),
    { level: 2 },
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
    "amounts of 0 without terms, which do not pay",
    [
      // One claim of 1,700; and its relative error is a hundred times that of its uniform, more with a smaller shape.
      { frequency: { law: "poisson", lambda: 3 }, severity: { law: "gamma", shape: 0.01, scale: 1 } },
      // Poisson counts are thinned of what does not pay, these are not.
      { frequency: fixed(2), severity: { law: "empirical", values: [0, 1000], weights: [1, 1] } },
    ],
    {},
  ],
  [
    "amounts that only their scale takes out of the range of powers",
    [
      {
        frequency: { law: "poisson", lambda: 2 },
        severity: { law: "pareto", shape: 0.004, scale: 2 ** 95 },
        terms: { occurrence: { limit: 5000 } },
      },
    ],
    {},
  ],
  [
    "layers that next to no claim reaches",
    [{ frequency: { law: "poisson", lambda: 9 }, severity: lognormal, terms: { occurrence: { attachment: 1e5 } } }],
    {},
  ],
  [
    "so many blocks that their numbers of claims have a table",
    [{ frequency: { law: "poisson", lambda: 0.002 }, severity: lognormal, terms: deductible }],
    { trials: 524_288 },
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
  [
    "a law that is too steep for a quantile table, and so has all of its curve",
    [
      {
        frequency: { law: "poisson", lambda: 2 },
        severity: { law: "pareto", shape: 0.2, scale: 1000 },
        terms: deductible,
      },
    ],
    { horizon: 1_000_000 },
  ],
];

/** What `waysOf` finds in the books together. Gaps always have a table, and claims that are placed by trial no sizes. */
export const WAYS: readonly string[] = [
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
export function waysOf(plan: Plan): string[] {
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
