/** Where a run's time goes: for Node, by V8's sampling profiler. */
export { type ProfileOptions, profile } from "./profile.ts";
export { type ProfiledKernel, profiled } from "./profiled.ts";
export { STAGES, type Stage, type Staged } from "./stages.ts";
export type { FunctionShare, LineShare, StageShare, TimeProfile } from "./time-profile.ts";
