/** Runs of any length in constant memory: blocks in order, and rules that say when to stop. */
export { type StopReason, type StreamOptions, type Streamed, stream } from "./stream.ts";
export { streaming } from "./streaming.ts";
export { type Bound, type StopRule, isMet, parseUntil } from "./until.ts";
