import type { StopRule } from "@lossmill/backend-streaming";
import { type Fault, LossmillError, type ResolvedConfig } from "@lossmill/core";
import type { RunOptions } from "../simulation.ts";

/**
 * What does not go with trials that are not plain: their errors come from groups of trials, so that all losses are kept, and no
 * such errors are made by policy.
 *
 * @throws LossmillError BAD_CONFIGURATION with each of them
 */
export function checkSampled(config: ResolvedConfig, options: RunOptions, rule: StopRule | undefined): void {
  const { sampling, backend, sources } = config;
  const asked = sources.sampling === "argument" ? sampling : `${sampling} (${sources.sampling})`;
  const faults: Fault[] = [];
  const refuse = (place: string, message: string) =>
    faults.push({ place, message: `${message}, not with sampling ${asked}` });
  if (backend === "streaming" || options.isStream) refuse("backend", "streaming goes with sampling plain");
  if (options.checkpoint) refuse("checkpoint", "goes with sampling plain");
  if (options.byPolicy) refuse("by", "policy goes with sampling plain");
  if (rule !== undefined && "seconds" in rule) refuse("until", "a time goes with sampling plain");
  if (faults.length > 0) throw new LossmillError("BAD_CONFIGURATION", faults);
}
