import type { Book } from "./book.ts";

const poisson = (lambda: number) => ({ law: "poisson", lambda });
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };

/** Three policies whose plan at level 3 has all three placements, and terms of every kind. */
const MIXED = [
  {
    copies: 5,
    frequency: poisson(0.12),
    severity: { law: "lognormal", meanlog: 8.1, sdlog: 1.2 },
    terms: { occurrence: { deductible: 500, limit: 100_000 } },
  },
  {
    copies: 2,
    frequency: { law: "negativeBinomial", size: 2, prob: 0.3 },
    severity: { law: "gamma", shape: 2, scale: 900 },
    terms: { aggregate: { deductible: 2000, limit: 9000 }, insurerShare: 0.5 },
  },
  {
    frequency: { law: "binomial", size: 3, prob: 0.02 },
    severity: { law: "pareto", shape: 4.5, scale: 9000 },
    terms: { occurrence: { deductible: 1000, deductibleKind: "franchise", attachment: 500, limit: 50_000 } },
  },
];

const mixed = (name: string, trials: number): Book => ({ name, policies: () => MIXED, trials });

/** One of each severity, about as large as each other, under a deductible and a limit. */
const SEVERITIES = [
  lognormal,
  { law: "exponential", scale: 3000 },
  { law: "gamma", shape: 0.7, scale: 4000 },
  { law: "inverseGamma", shape: 3, scale: 6000 },
  { law: "weibull", shape: 0.8, scale: 3000 },
  { law: "inverseWeibull", shape: 2.5, scale: 2000 },
  { law: "pareto", shape: 3, scale: 6000 },
  { law: "singleParameterPareto", shape: 2.5, min: 1500 },
  { law: "generalizedPareto", shape: 0.2, scale: 2000, location: 100 },
  { law: "burr", shape1: 2, shape2: 1.5, scale: 4000 },
  { law: "inverseBurr", shape1: 1.5, shape2: 3, scale: 2000 },
  { law: "loglogistic", shape: 3, scale: 2500 },
  { law: "paralogistic", shape: 2, scale: 4000 },
  { law: "inverseGaussian", mean: 3000, shape: 5000 },
  { law: "beta", shape1: 2, shape2: 3, scale: 8000 },
  { law: "triangular", min: 100, mode: 2000, max: 8000 },
  { law: "uniform", min: 100, max: 6000 },
  { law: "truncated", of: { law: "normal", mean: 3000, sd: 1500 }, lower: 0 },
  { law: "truncated", of: { law: "student", df: 4, location: 3000, scale: 800 }, lower: 0 },
  { law: "constant", value: 3000 },
  { law: "empirical", values: [500, 1000, 1500, 9000], weights: [1, 2, 3, 1] },
  { law: "histogram", edges: [0, 1000, 5000, 20_000], weights: [3, 4, 1] },
  { law: "mixture", weights: [1, 2], components: [{ law: "constant", value: 1500 }, lognormal] },
  {
    law: "spliced",
    weights: [9, 1],
    breaks: [20_000],
    components: [lognormal, { law: "singleParameterPareto", shape: 2, min: 20_000 }],
  },
];

const layered = (severity: object) => ({
  frequency: poisson(0.3),
  severity,
  terms: { occurrence: { deductible: 1000, limit: 9000 } },
});

/** As many lines as the largest books have, no two of them alike. */
const tenThousand = () =>
  Array.from({ length: 10_000 }, (_, i) => ({
    frequency: poisson((1 + (i % 7)) / 1000),
    severity: { law: "lognormal", meanlog: 6 + i / 5000, sdlog: 1 },
    terms: { occurrence: { deductible: 500 } },
  }));

/** The books whose losses are recorded: ordinary ones, and those that are at the edge of something. */
export const BOOKS: readonly Book[] = [
  mixed("one trial", 1),
  mixed("4,095 trials", 4095),
  mixed("4,096 trials", 4096),
  mixed("4,097 trials", 4097),
  { ...mixed("uniforms of SFC64", 4097), generator: "sfc64" },
  { ...mixed("policy by policy", 4097), outputs: ["total", "maxOccurrence", "claims", "byPolicy"] },
  { name: "empty", policies: () => [], trials: 4097 },
  { name: "λ = 0", policies: () => [{ frequency: poisson(0), severity: lognormal }], trials: 100 },
  {
    name: "limit 0",
    policies: () => [
      { frequency: poisson(0.7), severity: lognormal, terms: { occurrence: { limit: 0 } } },
      { frequency: poisson(0.7), severity: lognormal, terms: { aggregate: { limit: 0 } } },
    ],
    trials: 500,
  },
  {
    name: "deductible above limit",
    policies: () => [
      { frequency: poisson(2), severity: lognormal, terms: { occurrence: { deductible: 8000, limit: 1000 } } },
    ],
    trials: 500,
  },
  {
    name: "infinite variance",
    policies: () => [{ frequency: poisson(1.5), severity: { law: "pareto", shape: 1.5, scale: 2000 } }],
    trials: 4096,
  },
  {
    name: "a layer that hardly any claim reaches",
    policies: () => [
      { copies: 4, frequency: poisson(9), severity: lognormal, terms: { occurrence: { attachment: 1e5, limit: 1e6 } } },
    ],
    trials: 4096,
  },
  {
    name: "many claims a year",
    policies: () => [
      {
        copies: 2,
        frequency: poisson(75),
        severity: lognormal,
        terms: { occurrence: { deductible: 1000, limit: 20_000 }, insurerShare: 0.7 },
      },
      {
        frequency: { law: "negativeBinomial", size: 3, prob: 0.07 },
        severity: { law: "gamma", shape: 2, scale: 900 },
        terms: { occurrence: { deductible: 500 }, aggregate: { deductible: 20_000, limit: 60_000 } },
      },
    ],
    trials: 120,
  },
  {
    name: "more claims in a year than a block has trials",
    policies: () => [
      { frequency: { law: "fixed", n: 5000 }, severity: lognormal, terms: { aggregate: { deductible: 1e7 } } },
    ],
    trials: 3,
  },
  { name: "every severity", policies: () => SEVERITIES.map(layered), trials: 600 },
  { name: "10,000 lines", policies: tenThousand, trials: 16 },
];

/** The book whose trials are sampled: an even number of them, in two blocks. */
export const SAMPLED: Book = { ...mixed("sampled", 4196), outputs: ["total", "maxOccurrence", "claims", "byPolicy"] };

/** A book by its name. */
export function bookNamed(name: string): Book {
  return BOOKS.find((book) => book.name === name)!;
}

/** The counts of years, exact for every backend: each law, and each way to change its zero. */
export const COUNT_LAWS: readonly object[] = [
  poisson(0.4),
  poisson(30),
  { law: "negativeBinomial", size: 0.6, prob: 0.4 },
  { law: "binomial", size: 4, prob: 0.1 },
  { law: "geometric", prob: 0.6 },
  { law: "logarithmic", prob: 0.6 },
  { law: "poissonInverseGaussian", mean: 0.5, dispersion: 2 },
  { law: "delaporte", lambda: 0.2, size: 0.5, prob: 0.5 },
  { law: "neymanA", lambda: 0.5, phi: 1.5 },
  { law: "betaBinomial", size: 5, shape1: 0.8, shape2: 3 },
  { law: "mixedPoisson", weights: [1, 1], lambdas: [0.1, 3] },
  { law: "fixed", n: 2 },
  { law: "empirical", probabilities: [0.7, 0.2, 0, 0.1] },
  { ...poisson(2), zeroInflated: 0.6 },
  { ...poisson(0.3), zeroTruncated: true },
  { ...poisson(2), zeroModified: 0.8 },
];
