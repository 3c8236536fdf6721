/** Lossmill's core: portfolios, laws, random numbers, plans, summaries and the contract between all other packages. */
export type {
  Backend,
  BackendSettings,
  Block,
  Compute,
  Kernel,
  Knob,
  Losses,
  Note,
  Part,
  SimulateOptions,
  Simulator,
  Supports,
} from "./contract.ts";
export { type ErrorCode, type Fault, LossmillError } from "./errors.ts";

export { type Policy, type Portfolio, checkPortfolio, portfolioSchema } from "./portfolio/portfolio.ts";
export { formatOf } from "./portfolio/format.ts";
export { parseJsonPortfolio } from "./portfolio/json-portfolio.ts";
export { loadPortfolio } from "./portfolio/load-portfolio.ts";
export { portfolioJsonSchema } from "./portfolio/json-schema.ts";
export { MOST_BYTES, decodeText } from "./portfolio/text.ts";

export type { CountLaw, Severity, Tail } from "./laws/law.ts";
export { type FrequencySpec, countLaw } from "./laws/counts/index.ts";
export { type SeveritySpec, severity } from "./laws/severities/index.ts";

export { BLOCK_TRIALS, blockAt, blockCount } from "./plan/block.ts";
export { type ClaimForms, claimForms } from "./plan/claim-forms.ts";
export { type ControlMeans, closedFormMean, controlMeans } from "./plan/closed-form.ts";
export { compile } from "./plan/compile.ts";
export {
  AMOUNTS,
  COUNT,
  type CompiledPlan,
  FORM,
  PLACES,
  LOOKUP_ROWS,
  ROW,
  SCALE,
  SEVERITY,
  SIZES,
  type SharedMemory,
  TERM,
  tableAt,
} from "./plan/compiled-plan.ts";
export { type CountLookup, countLookup, poissonModes } from "./plan/count-lookup.ts";
export { type FillHoles, holeFiller, listHoles } from "./plan/curves/holes.ts";
export { existingMoments } from "./plan/existing-moments.ts";
export { expectedDraws } from "./plan/expected-draws.ts";
export { type Work, expectedWork } from "./plan/expected-work.ts";
export { type LineExplanation, type PlanExplanation, explainPlan } from "./plan/explain-plan.ts";
export { areTotalsAlone, blockBytes, lossesFor, lossesIn, numbersOfTrial } from "./plan/loss-arrays.ts";
export { groundUpPlan } from "./plan/ground-up-plan.ts";
export { type PlanOptions, definePlan, makePlan } from "./plan/make-plan.ts";
export {
  type Line,
  type LineTerms,
  OPTIMIZATION_LEVELS,
  type OptimizationLevel,
  type Output,
  type Placement,
  type Plan,
} from "./plan/plan.ts";
export { EXP2, POWERS, QUANTILE_MIDDLES, ROOTS, ROOT_ROUNDER, ROUNDER } from "./plan/recipe.ts";
export { rewritePlan } from "./plan/rewrites/rewrite-plan.ts";

export { claimIntensity, intensityRefusal } from "./sampling/claim-intensity.ts";
export { type IntensityTable, intensityTable } from "./sampling/intensity-table.ts";
export { groupingOf } from "./sampling/grouping.ts";
export { addedClaims } from "./sampling/importance.ts";
export { type PilotLosses, optimalTilt, pilotLevels } from "./sampling/optimal-tilt.ts";
export { pilotSeed } from "./sampling/pilot-seed.ts";
export { type SamplingRequest, isSampled, samplePlan } from "./sampling/sample-plan.ts";
export { type Handed, type Sampler, samplerOf } from "./sampling/sampler.ts";
export {
  SAMPLING_CHOICES,
  SAMPLING_METHODS,
  type SamplingChoice,
  type Sampling,
  type SamplingMethod,
} from "./sampling/sampling.ts";
export { type Tilting, isTiltable } from "./sampling/tilt.ts";

export { GENERATORS, type GeneratorName, TRIALS_PER_WORD } from "./random/generator.ts";
export { COUNTS, SEVERITIES, type UniformSource, uniformSource } from "./random/uniforms.ts";
export { bytesOfBase64 } from "./base64.ts";
export { drawSeed, parseSeed, seedPool } from "./random/seed-sequence.ts";

export { checkSupport } from "./check-support.ts";
export { turns } from "./turns.ts";
export { type Promises, inProcess } from "./in-process.ts";
export { inOrder } from "./in-order.ts";
export { type Collected, type TrialLosses, collect, collectedBytes } from "./collect.ts";
export { type Moments, mergeMoments, momentsOf, standardErrorOfMean } from "./summary/moments.ts";
export { returnPeriodOf, tailSize } from "./summary/decimal.ts";
export { momentsFromNumbers, numbersOfMoments } from "./summary/saved-moments.ts";
export { type Summary, mergeSummaries, summarize } from "./summary/summary.ts";
export {
  type ExistingMoments,
  type Figure,
  LEVELS,
  type QuantileFigures,
  type Report,
  checkLevels,
  meanFigure,
  report,
  sdFigure,
} from "./summary/report.ts";
export {
  KEEP,
  type RunningSummary,
  type SavedSummary,
  restoreSummary,
  runningSummary,
} from "./summary/running-summary.ts";
export type { Grouping } from "./summary/groups.ts";
export { conditionalReport } from "./summary/conditional-report.ts";
export { type Control, sampledReport } from "./summary/sampled-report.ts";
export { type TailQuantile, tailQuantile } from "./summary/tail-quantile.ts";
export type { SavedDistribution } from "./summary/distribution.ts";

export { PRESETS, PRESET_NAMES, type PresetName } from "./config/presets.ts";
export { type ResolvedConfig, environmentName, resolveConfig } from "./config/resolve-config.ts";
export type { SimulationConfig } from "./config/settings.ts";
