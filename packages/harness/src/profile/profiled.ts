import { type CompiledPlan, type Compute, type Kernel, LossmillError, type Plan } from "@lossmill/core";
import { startSampler } from "./sampler.ts";
import { COMMON, type Staged } from "./stages.ts";
import { type TimeProfile, timeProfile } from "./time-profile.ts";

/** A kernel that is watched: the same bits, and afterwards where the time went. */
export interface ProfiledKernel extends Kernel {
  /** Ends the watch. Throws NOT_SUPPORTED where it has ended before. */
  readonly profile: () => TimeProfile;
}

/**
 * Watches this thread from now until `profile()` is called, while `kernel` is run by anything that runs kernels here
 * (`inProcess`): V8's profiler looks at the stack five thousand times a second. What is planned, reported or done
 * otherwise meanwhile counts as well.
 *
 * Best in a process that has run nothing yet: V8 does not tell a loop that it has optimized before from its caller, nor
 * WebAssembly's functions from those that they were inlined into. That inlining stays
 * off for the rest of the process.
 *
 * @param declared programs that say which of their own functions belong to a stage
 */
export function profiled(kernel: Kernel, declared: readonly Staged[] = []): ProfiledKernel {
  let stop: (() => TimeProfile["cpuProfile"]) | undefined = startSampler();
  return {
    ...kernel,
    // By its name stages.ts knows it: what is below is prepared and not yet computed.
    prepare: function prepared(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
      return kernel.prepare(plan, compiled);
    },
    profile() {
      if (stop === undefined) {
        throw new LossmillError("NOT_SUPPORTED", { place: "profile", message: "can only be asked for once" });
      }
      const cpuProfile = stop();
      stop = undefined;
      return timeProfile(cpuProfile, [...declared, kernel, ...COMMON]);
    },
  };
}
