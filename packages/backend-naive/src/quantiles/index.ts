import type { SeveritySpec } from "@lossmill/core";

import { beta } from "./beta.ts";
import { burr, loglogistic } from "./burr.ts";
import { constant, empirical } from "./empirical.ts";
import { exponential, weibull } from "./exponential.ts";
import { gamma } from "./gamma.ts";
import { histogram } from "./histogram.ts";
import { inverseGaussian } from "./inverse-gaussian.ts";
import type { Law, Quantile } from "./law.ts";
import { mixture } from "./mixture.ts";
import { lognormal, normal } from "./normal.ts";
import { generalizedPareto, pareto, singleParameterPareto } from "./pareto.ts";
import { reciprocal } from "./reciprocal.ts";
import { spliced } from "./spliced.ts";
import { student } from "./student.ts";
import { triangular } from "./triangular.ts";
import { truncated } from "./truncated.ts";
import { uniform } from "./uniform.ts";

export type { Quantile } from "./law.ts";

/**
 * The quantile function of a severity law, in its textbook form: `Math` where it has a closed form, and elsewhere
 * Newton's method or bisection on its distribution function. It shares no number with core's own. Amounts are in the
 * portfolio's currency.
 */
export function quantileOf(severity: SeveritySpec): Quantile {
  return lawOf(severity).quantile;
}

function lawOf(s: SeveritySpec): Law {
  switch (s.law) {
    case "lognormal":
      return lognormal(s.meanlog, s.sdlog);
    case "exponential":
      return exponential(s.scale);
    case "gamma":
      return gamma(s.shape, s.scale);
    case "inverseGamma":
      return reciprocal(gamma(s.shape, 1), s.scale);
    case "weibull":
      return weibull(s.shape, s.scale);
    case "inverseWeibull":
      return reciprocal(weibull(s.shape, 1), s.scale);
    case "pareto":
      return pareto(s.shape, s.scale);
    case "singleParameterPareto":
      return singleParameterPareto(s.shape, s.min);
    case "generalizedPareto":
      return generalizedPareto(s.shape, s.scale, s.location);
    case "burr":
      return burr(s.shape1, s.shape2, s.scale);
    case "inverseBurr":
      return reciprocal(burr(s.shape1, s.shape2, 1), s.scale);
    case "loglogistic":
      return loglogistic(s.shape, s.scale);
    case "paralogistic":
      return burr(s.shape, s.shape, s.scale);
    case "inverseGaussian":
      return inverseGaussian(s.mean, s.shape);
    case "beta":
      return beta(s.shape1, s.shape2, s.scale);
    case "triangular":
      return triangular(s.min, s.mode, s.max);
    case "uniform":
      return uniform(s.min, s.max);
    case "normal":
      return normal(s.mean, s.sd);
    case "student":
      return student(s.df, s.location, s.scale);
    case "constant":
      return constant(s.value);
    case "empirical":
      return empirical(s.values, s.weights ?? s.values.map(() => 1));
    case "histogram":
      return histogram(s.edges, s.weights);
    case "mixture":
      return mixture(s.weights, s.components.map(lawOf));
    case "truncated":
      return truncated(lawOf(s.of), s.lower ?? -Infinity, s.upper ?? Infinity);
    // Spliced, the only law left: with a law without a case of its own this does not compile.
    default:
      return spliced(s.weights, s.components.map(lawOf), s.breaks);
  }
}
