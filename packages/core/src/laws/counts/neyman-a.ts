import { gammaP, gammaQ } from "../../math/incomplete-gamma.ts";
import { log, log1p } from "../../math/log.ts";
import { poissonDensity } from "../../math/poisson-density.ts";
import { nonNegative } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkMean, defineCount } from "./define-count.ts";
import { certain } from "./numerics/certain.ts";
import type { Masses } from "./numerics/masses.ts";
import { poissonMixtureMasses } from "./numerics/poisson-mixture.ts";

/** The longest row up to which a table is worth its memory, about 24 bytes a count. */
const LONGEST_TABLE = 1_000_000;
/** Terms smaller than this part of their sum are left out. */
const NEGLIGIBLE = 1e-20;
/**
 * Numbers of clusters with less than this part of what may be left out are left out: there may be thousands of them.
 */
const NEGLIGIBLE_WEIGHT = 1e-6;

/**
 * Neyman type A: the claims of Poisson(lambda) many clusters of Poisson(phi) claims each (Neyman 1939; Johnson, Kemp &
 * Kotz, Univariate Discrete Distributions, 9.6). Mean lambda phi, variance lambda phi (1 + phi). Given m clusters the
 * count is Poisson(m phi): everything is a sum of positive terms over m. Where cluster counts times phi pass 1e6 there
 * is no table: an evaluation then takes √lambda incomplete gamma functions.
 */
export const neymanA = defineCount(
  "neymanA",
  { lambda: nonNegative(), phi: nonNegative() },
  ({ lambda, phi }) => (lambda * phi === 0 ? certain(0) : neymanABase(lambda, phi)),
  ({ lambda, phi }) => [...checkMean("lambda", lambda), ...checkMean("phi", phi), ...checkMean("lambda", lambda * phi)],
);

function neymanABase(lambda: number, phi: number): CountBase {
  const mean = lambda * phi;
  const over = (start: number, value: (theta: number) => number) => overClusters(lambda, phi, start, value);
  const mostClusters = lambda + 14 * Math.sqrt(lambda) + 60;
  return {
    mean,
    variance: mean * (1 + phi),
    largest: Infinity,
    isTabulated: mostClusters * phi <= LONGEST_TABLE,
    probability: (k) => over(clustersFor(k, lambda, phi), (theta) => poissonDensity(k, theta)),
    cdf: (k) => over(Math.min(clustersFor(k, lambda, phi), lambda), (theta) => gammaQ(k + 1, theta)),
    survival: (k) => over(Math.max(clustersFor(k, lambda, phi), lambda), (theta) => gammaP(k + 1, theta)),
    masses: (rest) => clusterMasses(lambda, phi, rest),
  };
}

/** The masses of Poisson(m phi) over the numbers of clusters m that matter, from the likeliest to both sides. */
function clusterMasses(lambda: number, phi: number, rest: number): Masses {
  const mode = Math.floor(lambda);
  const peak = poissonDensity(mode, lambda);
  const smallest = peak * rest * Math.min(1, lambda, lambda * phi) * NEGLIGIBLE_WEIGHT;
  const weights: number[] = [];
  const means: number[] = [];
  let weight = peak;
  for (let m = mode; weight > smallest; m++) {
    weights.push(weight);
    means.push(m * phi);
    weight *= lambda / (m + 1);
  }
  weight = peak;
  for (let m = mode; m > 0 && weight > smallest; m--) {
    weight *= m / lambda;
    weights.push(weight);
    means.push((m - 1) * phi);
  }
  return poissonMixtureMasses(weights, means, rest);
}

/** The sum of P(m clusters) · value(m phi), outwards from near its largest term: the terms are log-concave in m. */
function overClusters(lambda: number, phi: number, start: number, value: (theta: number) => number): number {
  const middle = Math.max(1, Math.floor(start));
  let sum = 0;
  const add = (m: number) => {
    const term = poissonDensity(m, lambda) * value(m * phi);
    sum += term;
    return term > NEGLIGIBLE * sum;
  };
  for (let m = middle; add(m);) m++;
  for (let m = middle - 1; m >= 0 && add(m);) m--;
  return sum;
}

/**
 * The number of clusters that most likely made k claims: where P(m) · Poisson(k; m phi) stops growing in m, that is
 * where lambda / (m + 1) · (1 + 1/m)^k · e^−phi passes 1, by bisection.
 */
function clustersFor(k: number, lambda: number, phi: number): number {
  let low = 0;
  let high = lambda + k + 1;
  while (high - low > 0.5 + 1e-3 * low) {
    const m = (low + high) / 2;
    if (log(lambda / (m + 1)) + k * log1p(1 / m) > phi) low = m;
    else high = m;
  }
  return high;
}
