/** Runs of any length in constant memory: blocks in order, and rules that say when to stop. */
export { type StopReason, type StreamOptions, type Streamed, nextLook, stream } from "./stream.ts";
export { streaming } from "./streaming.ts";
export { type Bound, type StopRule, checkReachable, figureOf, isMet, levelsOf, parseUntil } from "./until.ts";
