import { z } from "zod";
import type { Severity } from "../law.ts";
import { beta } from "./beta.ts";
import { burr } from "./burr.ts";
import { constant } from "./constant.ts";
import { empirical } from "./empirical.ts";
import { exponential } from "./exponential.ts";
import { gamma } from "./gamma.ts";
import { generalizedPareto } from "./generalized-pareto.ts";
import { histogram } from "./histogram.ts";
import { inverseBurr } from "./inverse-burr.ts";
import { inverseGamma } from "./inverse-gamma.ts";
import { inverseGaussian } from "./inverse-gaussian.ts";
import { inverseWeibull } from "./inverse-weibull.ts";
import { loglogistic } from "./loglogistic.ts";
import { lognormal, lognormalSurvival } from "./lognormal.ts";
import { defineMixture } from "./mixture.ts";
import { deepestAllowed, placeTooDeep } from "./nesting.ts";
import { normal } from "./normal.ts";
import { paralogistic } from "./paralogistic.ts";
import { pareto } from "./pareto.ts";
import { singleParameterPareto } from "./single-parameter-pareto.ts";
import type { SeveritySpec } from "./spec.ts";
import { defineSpliced } from "./spliced.ts";
import { student } from "./student.ts";
import { triangular } from "./triangular.ts";
import { defineTruncated } from "./truncated.ts";
import { uniform } from "./uniform.ts";
import { weibull } from "./weibull.ts";

export type { SeveritySpec } from "./spec.ts";

const inner: z.ZodType<SeveritySpec> = z.lazy(() => anyLaw);

const definitions = {
  lognormal,
  exponential,
  gamma,
  inverseGamma,
  weibull,
  inverseWeibull,
  pareto,
  singleParameterPareto,
  generalizedPareto,
  burr,
  inverseBurr,
  loglogistic,
  paralogistic,
  inverseGaussian,
  beta,
  triangular,
  uniform,
  normal,
  student,
  constant,
  empirical,
  histogram,
  mixture: defineMixture(inner, severity),
  truncated: defineTruncated(inner, severity),
  spliced: defineSpliced(inner, severity),
};

const anyLaw = z.discriminatedUnion("law", [
  lognormal.schema,
  exponential.schema,
  gamma.schema,
  inverseGamma.schema,
  weibull.schema,
  inverseWeibull.schema,
  pareto.schema,
  singleParameterPareto.schema,
  generalizedPareto.schema,
  burr.schema,
  inverseBurr.schema,
  loglogistic.schema,
  paralogistic.schema,
  inverseGaussian.schema,
  beta.schema,
  triangular.schema,
  uniform.schema,
  normal.schema,
  student.schema,
  constant.schema,
  empirical.schema,
  histogram.schema,
  definitions.mixture.schema,
  definitions.truncated.schema,
  definitions.spliced.schema,
]);

/** How the law of an amount is written: a name and parameters. Laws within laws are nested at most 8 deep. */
export const severitySchema: z.ZodType<SeveritySpec> = z.preprocess((value, context) => {
  const path = placeTooDeep(value);
  if (path === undefined) return value;
  context.issues.push({
    code: "custom",
    input: value,
    path: [...path],
    message: `laws are nested too deep: at most ${deepestAllowed} within each other`,
  });
  return z.NEVER;
}, anyLaw);

/** The names of the severity laws. */
export const severityLaws = Object.keys(definitions) as readonly SeveritySpec["law"][];

/** The law that a checked specification stands for. */
export function severity(spec: SeveritySpec): Severity {
  const make: (spec: never) => Severity = definitions[spec.law].make;
  return make(spec as never);
}

/** `severity(spec).survival(x)`. A book of ten thousand lognormal laws, most large books, need not make one for it. */
export function severitySurvival(spec: SeveritySpec, x: number): number {
  return spec.law === "lognormal" ? lognormalSurvival(spec.meanlog, spec.sdlog, x) : severity(spec).survival(x);
}

/** The law of a policy's claims: a severity that cannot be negative. */
export const policySeveritySchema: z.ZodType<SeveritySpec> = severitySchema.check((context) => {
  // Parameters that are wrong alone are complained about already, and make no law.
  if (context.issues.length > 0) return;
  const { lower } = severity(context.value);
  if (lower >= 0) return;
  const found = lower === -Infinity ? "any amount below 0" : lower;
  const message = `can be negative (${found}), which no claim is: wrap it in truncated with lower: 0`;
  context.issues.push({ code: "custom", input: context.value, path: [], message });
});
