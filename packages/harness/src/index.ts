/** Lossmill's harness: judges the backends that it is handed, and names none. */
export {
  type AgreementEntry,
  type Certificate,
  type Check,
  type CheckName,
  LIMITS,
  type LargestDifference,
  type RunEntry,
} from "./certificate.ts";
export type { ExactDistribution, ExactFigure, ExactQuantiles, Judge } from "./judge.ts";
export { type Measure, type Measured, type TuneOptions, type TuneSetting, type Tuned, tune } from "./tune/tune.ts";
export { verdict } from "./verdict.ts";
export { type VerifyOptions, verify } from "./verify.ts";
