import { type Plan, type ResolvedConfig, compile } from "@lossmill/core";
import type { Choice } from "./choose-backend.ts";
import { memoryLimitBytes } from "./memory.ts";
import { runMemory } from "./run-memory.ts";
import type { RunOptions } from "./simulation.ts";

/** Compiles a plan, fits the run into memory, and says what was chosen. `keep` is what a run that goes on keeps. */
export function settle(plan: Plan, choice: Choice, config: ResolvedConfig, options: RunOptions, keep?: number) {
  const limit = memoryLimitBytes(config.memoryLimit);
  const compiled = compile(plan, limit);
  const fitted = runMemory({ plan, compiled, choice, config, options, limit, ...(keep !== undefined && { keep }) });
  const opened = { ...choice, settings: fitted.settings };
  options.onStart?.(plan, opened);
  options.onCompiled?.(compiled);
  const { problem } = choice.tuning;
  const notes = [fitted.reason, ...(problem === null ? [] : [`costs built in: ${problem}`])];
  for (const message of notes) options.onNote?.({ isWarning: false, message });
  return { compiled, opened, keep: fitted.keep };
}
