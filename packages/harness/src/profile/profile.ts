import {
  type BackendSettings,
  type Kernel,
  type Part,
  type Plan,
  type Promises,
  collect,
  existingMoments,
  inProcess,
  report,
} from "@lossmill/core";
import { profiled } from "./profiled.ts";
import type { Staged } from "./stages.ts";
import type { TimeProfile } from "./time-profile.ts";

export interface ProfileOptions {
  readonly kernel: Kernel;
  /** What the kernel's author promises of it; its backend will do. */
  readonly promises: Promises;
  /** Makes the plan: planning is a stage, too. */
  readonly plan: () => Plan;
  /** What becomes of the blocks; by default all losses are kept and reported. */
  readonly reduce?: (plan: Plan, parts: AsyncIterable<Part>) => Promise<unknown>;
  /** Programs that say which of their own functions belong to a stage: `reduce`'s, for one. */
  readonly declared?: readonly Staged[];
  readonly settings?: BackendSettings;
}

/** Runs a whole simulation in this thread, from plan to report, and says where its time went. */
export async function profile(options: ProfileOptions): Promise<TimeProfile> {
  const { kernel, promises, plan: makePlan, reduce = reported, declared = [], settings } = options;
  const watched = profiled(kernel, declared);
  try {
    // By its name stages.ts knows it.
    const plan = (function planned() {
      return makePlan();
    })();
    await using simulator = await inProcess(watched, promises).open(settings);
    await reduce(plan, simulator.simulate(plan));
  } catch (error) {
    watched.profile();
    throw error;
  }
  return watched.profile();
}

async function reported(plan: Plan, parts: AsyncIterable<Part>): Promise<unknown> {
  const { summary, losses } = await collect(plan, parts);
  return report({
    summary: summary!,
    total: losses.total,
    maxOccurrence: losses.maxOccurrence,
    exists: existingMoments(plan),
  });
}
