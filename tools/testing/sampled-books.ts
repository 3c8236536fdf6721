// Books whose trials are sampled by each method, for the tests of kernels.
import {
  type OptimizationLevel,
  type Plan,
  SAMPLING_METHODS,
  type SamplingMethod,
  samplePlan,
} from "../../packages/core/src/index.ts";
import { ALL, constant, planOf } from "./odd-books.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const poisson = (lambda: number) => ({ law: "poisson", lambda });
const yearly = { aggregate: { deductible: 2000, limit: 9000 }, insurerShare: 0.7 };

/** Lines of every placement at level 3, thinned and not, with and without terms of the year, amounts of every form. */
const MIXED = [
  { copies: 3, frequency: poisson(2), severity: lognormal, terms: { occurrence: { deductible: 4000, limit: 50_000 } } },
  { frequency: poisson(0.7), severity: { law: "gamma", shape: 2, scale: 900 }, terms: yearly },
  { copies: 2, frequency: { law: "negativeBinomial", size: 2, prob: 0.3 }, severity: lognormal, terms: yearly },
  {
    frequency: { law: "negativeBinomial", size: 0.1, prob: 0.2 },
    severity: { law: "pareto", shape: 2.5, scale: 3000 },
  },
  { frequency: { law: "binomial", size: 3, prob: 0.02 }, severity: lognormal, terms: { insurerShare: 0.4 } },
  { frequency: { law: "geometric", prob: 0.4 }, severity: lognormal, terms: { occurrence: { deductible: 3000 } } },
  { frequency: poisson(1), severity: { law: "empirical", values: [500, 1000, 9000], weights: [2, 2, 1] } },
  { frequency: poisson(0.4), severity: { law: "triangular", min: 150, mode: 420, max: 14_000 } },
  {
    frequency: poisson(0.5),
    severity: lognormal,
    terms: { occurrence: { deductible: 3000, deductibleKind: "franchise", attachment: 500, limit: 9000 } },
  },
  { frequency: poisson(0.5), severity: constant(7000), terms: { insurerShare: 0 } },
];

/** Chunks of claims that end within a trial, and trials with more claims than are driven. */
const FREQUENT = [
  {
    copies: 2,
    frequency: poisson(20),
    severity: lognormal,
    terms: { aggregate: { deductible: 70_000, limit: 60_000 }, insurerShare: 0.7 },
  },
  { frequency: { law: "fixed", n: 3 }, severity: { law: "exponential", scale: 2000 } },
];

const BOOKS = { mixed: MIXED, frequent: FREQUENT };

/** Where importance sampling draws more of their claims. */
const tilting = { amounts: [0, 1000, 6000, 25_000], ratios: [1, 1.1, 1.5, 4] };

/** The plan of one of the books, sampled; it ends in the second block unless told. */
export function sampledPlan(
  book: keyof typeof BOOKS,
  method: SamplingMethod,
  level: OptimizationLevel,
  trials = 4096 + 100,
): Plan {
  const plan = planOf(BOOKS[book], { trials, seed: "7", horizon: 65_536, level, outputs: ALL });
  return samplePlan(plan, method === "importance" ? { method, tilting } : { method });
}

/** Each book by each method, as defined and as rewritten. */
export const SAMPLED = SAMPLING_METHODS.flatMap((method) =>
  (["mixed", "frequent"] as const).flatMap((book) => ([0, 3] as const).map((level) => [method, book, level] as const)),
);

/** How the lines of a plan are sampled and placed, each way once. */
export function samplingsOf({ lines }: Plan): string[] {
  const ways = lines.map(({ driven, tilt, placement, survival }) => {
    const how = driven ? "driven" : tilt ? "tilted" : "plain";
    return `${how}, ${placement}${survival < 1 - 1e-9 ? ", thinned" : ""}`;
  });
  return [...new Set(ways)].toSorted();
}
