import type { z } from "zod";
import type { beta } from "./beta.ts";
import type { burr } from "./burr.ts";
import type { constant } from "./constant.ts";
import type { empirical } from "./empirical.ts";
import type { exponential } from "./exponential.ts";
import type { gamma } from "./gamma.ts";
import type { generalizedPareto } from "./generalized-pareto.ts";
import type { histogram } from "./histogram.ts";
import type { inverseBurr } from "./inverse-burr.ts";
import type { inverseGamma } from "./inverse-gamma.ts";
import type { inverseGaussian } from "./inverse-gaussian.ts";
import type { inverseWeibull } from "./inverse-weibull.ts";
import type { loglogistic } from "./loglogistic.ts";
import type { lognormal } from "./lognormal.ts";
import type { normal } from "./normal.ts";
import type { paralogistic } from "./paralogistic.ts";
import type { pareto } from "./pareto.ts";
import type { singleParameterPareto } from "./single-parameter-pareto.ts";
import type { student } from "./student.ts";
import type { triangular } from "./triangular.ts";
import type { uniform } from "./uniform.ts";
import type { weibull } from "./weibull.ts";

/** A law that is not made of other laws. */
type PlainLaw =
  | typeof lognormal
  | typeof exponential
  | typeof gamma
  | typeof inverseGamma
  | typeof weibull
  | typeof inverseWeibull
  | typeof pareto
  | typeof singleParameterPareto
  | typeof generalizedPareto
  | typeof burr
  | typeof inverseBurr
  | typeof loglogistic
  | typeof paralogistic
  | typeof inverseGaussian
  | typeof beta
  | typeof triangular
  | typeof uniform
  | typeof normal
  | typeof student
  | typeof constant
  | typeof empirical
  | typeof histogram;

export interface MixtureSpec {
  law: "mixture";
  weights: number[];
  components: SeveritySpec[];
}

export interface TruncatedSpec {
  law: "truncated";
  of: SeveritySpec;
  lower?: number | undefined;
  upper?: number | undefined;
}

export interface SplicedSpec {
  law: "spliced";
  weights: number[];
  components: SeveritySpec[];
  breaks: number[];
}

/** How the law of a claim's amount is written: its name and its parameters. Amounts in the portfolio's currency. */
export type SeveritySpec = z.infer<PlainLaw["schema"]> | MixtureSpec | TruncatedSpec | SplicedSpec;
