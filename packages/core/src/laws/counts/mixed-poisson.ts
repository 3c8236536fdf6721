import { sum } from "../../math/compensated-sum.ts";
import { largestOf } from "../../math/fold.ts";
import { gammaP, gammaQ } from "../../math/incomplete-gamma.ts";
import { poissonDensity } from "../../math/poisson-density.ts";
import { checkWeights, nonNegative, weights } from "../define-law.ts";
import { z } from "zod";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount } from "./define-count.ts";
import { poissonMixtureMasses } from "./numerics/poisson-mixture.ts";

/** The largest mean of a component up to which a table is worth its memory, about 24 bytes a count. */
const TABLE_MEAN = 1_000_000;

/**
 * Poisson with mean lambdas[i] in a share weights[i] of all cases (Klugman, Panjer & Willmot, Loss Models, 7.3): mean
 * E[Λ], variance E[Λ] + Var[Λ]. Where a mean is above 1e6 there is no table, and every value is a sum over all
 * components.
 */
export const mixedPoisson = defineCount(
  "mixedPoisson",
  { weights: weights(), lambdas: z.array(nonNegative()).min(1).max(100_000) },
  (spec) => mixedPoissonBase(spec.weights, spec.lambdas),
  (spec) => [
    ...checkWeights("lambdas", spec.lambdas.length, spec.weights),
    ...checkMean(
      "lambdas",
      largestOf(spec.lambdas, (lambda) => lambda),
    ),
  ],
);

function mixedPoissonBase(given: readonly number[], lambdas: readonly number[]): CountBase {
  const total = sum(given);
  const shares = given.map((weight) => weight / total);
  const average = (value: (lambda: number) => number) => sum(shares.map((share, i) => share * value(lambdas[i])));
  const mean = average((lambda) => lambda);
  return {
    mean,
    variance: mean + average((lambda) => (lambda - mean) * (lambda - mean)),
    largest: mean === 0 ? 0 : Infinity,
    isTabulated: largestOf(lambdas, (lambda) => lambda) <= TABLE_MEAN,
    probability: (k) => average((lambda) => poissonDensity(k, lambda)),
    cdf: (k) => average((lambda) => gammaQ(k + 1, lambda)),
    survival: (k) => average((lambda) => gammaP(k + 1, lambda)),
    masses: (rest) => poissonMixtureMasses(shares, lambdas, rest),
  };
}
