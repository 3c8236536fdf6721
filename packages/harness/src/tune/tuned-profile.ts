import type { Work } from "@lossmill/core";
import { COSTS, type KernelCosts, type ThreadCosts, secondsOf, secondsOnThreads } from "./cost-model.ts";

/** What a machine's runs cost: plain JSON. */
export interface TunedProfile {
  readonly format: 1;
  /** Of each kernel that was measured, in this thread. */
  readonly kernels: Readonly<Record<string, KernelCosts>>;
  /** Null where there is one core, or nothing to use more. */
  readonly threads: ThreadCosts | null;
  /** Trials that a thread best takes at once; null where it makes no difference. */
  readonly batchTrials: number | null;
}

/** A way to run a plan, and the seconds that it is predicted to take. */
export interface Prediction {
  readonly kernel: string;
  /** Threads that compute: 1 is this one. */
  readonly workers: number;
  readonly seconds: number;
}

/** A further thread is only taken for so much less time: what is not known of a machine is more than that. */
const WORTHWHILE = 0.95;

/**
 * The ways to run a plan by these kernels on one of these numbers of threads, fewest first: each kernel once, with the
 * threads that serve it best; the quickest first. Kernels of which nothing is known are left out.
 */
export function predictions(
  profile: TunedProfile,
  work: Work,
  kernels: readonly string[],
  counts: readonly number[],
): readonly Prediction[] {
  const best = kernels.map((kernel) => bestOf(kernel, profile, work, counts));
  return best.filter((found) => found !== null).sort((a, b) => a.seconds - b.seconds);
}

/** The seconds that a run is predicted to take; null where nothing is known of the kernel or of threads. */
export function predict(profile: TunedProfile, work: Work, kernel: string, workers: number): number | null {
  if (!Object.hasOwn(profile.kernels, kernel)) return null;
  const costs = profile.kernels[kernel];
  // One block, or one thread, is computed where the run is asked for.
  const count = Math.min(workers, work.blocks);
  if (count === 1) return secondsOf(costs, work);
  return profile.threads === null ? null : secondsOnThreads(costs, work, profile.threads, count);
}

function bestOf(kernel: string, profile: TunedProfile, work: Work, counts: readonly number[]): Prediction | null {
  let best: Prediction | null = null;
  for (const workers of counts) {
    const seconds = predict(profile, work, kernel, workers);
    if (seconds === null) continue;
    if (best === null || seconds < WORTHWHILE * best.seconds) best = { kernel, workers, seconds };
  }
  return best;
}

/** Reads a profile from what JSON.parse gave; null where it is none. */
export function readProfile(found: unknown): TunedProfile | null {
  const profile = found as Partial<TunedProfile> | null;
  if (typeof profile !== "object" || profile === null || profile.format !== 1) return null;
  const { kernels, threads = null, batchTrials = null } = profile;
  if (typeof kernels !== "object" || kernels === null || Object.keys(kernels).length === 0) return null;
  if (!Object.values(kernels).every((costs) => areCosts(costs, COSTS))) return null;
  if (threads !== null && !areCosts(threads, THREAD_COSTS)) return null;
  if (batchTrials !== null && !(Number.isInteger(batchTrials) && batchTrials > 0)) return null;
  return { format: 1, kernels, threads, batchTrials };
}

const THREAD_COSTS = ["start", "perThread", "efficiency"] as const;

function areCosts(found: unknown, names: readonly string[]): boolean {
  if (typeof found !== "object" || found === null) return false;
  const costs = found as Readonly<Record<string, unknown>>;
  return names.every((name) => Number.isFinite(costs[name]) && (costs[name] as number) >= 0);
}
