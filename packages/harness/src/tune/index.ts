/** What runs cost on a machine: measured (`tune`), and predicted from what was measured. */
export type { CalibrationRun } from "./calibration-runs.ts";
export type { KernelCosts, ThreadCosts } from "./cost-model.ts";
export { type Prediction, type TunedProfile, predict, predictions, readProfile } from "./tuned-profile.ts";
