import type { Policy, SeveritySpec } from "@lossmill/core";

/** A short run that tells one cost from the others. */
export interface CalibrationRun {
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly trials: number;
}

type Kind = (scale: number) => Omit<Policy, "id" | "copies">;

/** Policies whose severities differ in scale: equal ones would be merged into one line. */
function policies(count: number, kind: Kind): Policy[] {
  return Array.from({ length: count }, (_, i) => ({ id: `p${i}`, copies: 1, ...kind(1 + i / count) }));
}

const plain =
  (lambda: number): Kind =>
  (scale) => ({
    frequency: { law: "poisson", lambda },
    severity: { law: "lognormal", meanlog: 8 + scale, sdlog: 1.2 },
    terms: { occurrence: { deductible: 1000, limit: 1e6 } },
  });

const gammas: Kind = (scale) => ({
  frequency: { law: "poisson", lambda: 0.2 },
  severity: { law: "gamma", shape: 1.5 * scale, scale: 2000 },
});

/** Laws of many kinds, with jumps and without: each kind starts cold. */
const KINDS: readonly SeveritySpec[] = [
  { law: "gamma", shape: 2, scale: 900 },
  { law: "burr", shape1: 2, shape2: 1.5, scale: 4000 },
  { law: "inverseGaussian", mean: 3000, shape: 5000 },
  { law: "beta", shape1: 2, shape2: 3, scale: 8000 },
  { law: "triangular", min: 100, mode: 2000, max: 8000 },
  { law: "histogram", edges: [0, 1000, 5000, 20_000], weights: [3, 4, 1] },
  { law: "truncated", of: { law: "generalizedPareto", shape: 0.2, scale: 2000, location: 100 }, upper: 90_000 },
  {
    law: "mixture",
    weights: [1, 2],
    components: [
      { law: "weibull", shape: 0.8, scale: 3000 },
      { law: "pareto", shape: 3, scale: 6000 },
    ],
  },
  {
    law: "spliced",
    weights: [9, 1],
    breaks: [20_000],
    components: [
      { law: "lognormal", meanlog: 8, sdlog: 1 },
      { law: "singleParameterPareto", shape: 2, min: 20_000 },
    ],
  },
];

const aggregates: Kind = (scale) => ({ ...plain(0.9)(scale), terms: { aggregate: { deductible: 1000, limit: 1e6 } } });

/** One uniform a year: a law that neither scatters nor skips. */
const perTrial: Kind = (scale) => ({
  ...plain(0)(scale),
  frequency: { law: "binomial", size: 4, prob: 0.3 },
});

/** Runs of up to half a second each in one thread of a machine of today. */
export const CALIBRATION_RUNS: readonly CalibrationRun[] = [
  { name: "nothing", policies: policies(1, plain(0.2)), trials: 1000 },
  { name: "few claims", policies: policies(10, plain(0.2)), trials: 200_000 },
  { name: "small blocks", policies: policies(1, plain(0.1)), trials: 3_000_000 },
  { name: "one block", policies: policies(100, plain(0.2)), trials: 4096 },
  { name: "claims", policies: policies(100, plain(0.2)), trials: 500_000 },
  { name: "many lines", policies: policies(1000, plain(0.2)), trials: 40_000 },
  { name: "cold lines", policies: policies(1000, plain(0.2)), trials: 1000 },
  { name: "very many lines", policies: policies(10_000, plain(0.2)), trials: 1000 },
  { name: "idle lines", policies: policies(10_000, plain(0.002)), trials: 200_000 },
  { name: "frequent claims", policies: policies(10, plain(10)), trials: 100_000 },
  { name: "many tables", policies: policies(200, plain(1.1)), trials: 70_000 },
  {
    name: "kinds of law",
    policies: KINDS.map((severity, i) => ({ ...policies(1, plain(0.2))[0], id: `p${i}`, severity })),
    trials: 20_000,
  },
  { name: "laws", policies: policies(200, gammas), trials: 30_000 },
  { name: "more laws", policies: policies(1000, gammas), trials: 1000 },
  { name: "aggregate terms", policies: policies(50, aggregates), trials: 150_000 },
  { name: "counts by year", policies: policies(100, perTrial), trials: 50_000 },
];

/** Runs long enough for threads to show, and short enough for their start to show. */
export const THREAD_RUNS: readonly CalibrationRun[] = [
  { name: "few claims, longer", policies: policies(10, plain(0.2)), trials: 1_000_000 },
  { name: "claims, longer", policies: policies(100, plain(0.2)), trials: 2_000_000 },
  { name: "many lines, longer", policies: policies(1000, plain(0.2)), trials: 150_000 },
];
