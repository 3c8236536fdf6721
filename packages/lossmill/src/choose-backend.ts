import { isSupported } from "@lossmill/backend-wasm";
import { streaming } from "@lossmill/backend-streaming";
import { availableCores, workers } from "@lossmill/backend-workers";
import {
  type Backend,
  type BackendSettings,
  LossmillError,
  type Plan,
  type ResolvedConfig,
  expectedWork,
} from "@lossmill/core";
import { type Prediction, predictions } from "@lossmill/harness/tune";
import { EXECUTORS, KERNELS, type KernelPackage } from "./backends.ts";
import { type Tuning, readTuning } from "./tuning/tuning.ts";

/** A chosen backend, what it is opened with and, for `-v 2`, why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly kernel: string;
  /** Threads that compute; 1: the one that asks. */
  readonly threads: number;
  readonly settings: BackendSettings;
  readonly reason: string;
  /** What the choice is predicted to take, and then what others would; empty where nothing is known or asked. */
  readonly predictions: readonly Prediction[];
  readonly tuning: Tuning;
}

/** What a choice depends on beside the settings. */
export interface Machine {
  readonly hasSimd: () => boolean;
  readonly cores: () => number;
}

const THIS_MACHINE: Machine = { hasSimd: isSupported, cores: () => availableCores() };

/** An endless run is longer than anything that starting costs. */
const ENDLESS = 1e9;

/**
 * Chooses the backend that a configuration names, or the one that is predicted to be the quickest for a plan, of those
 * that its settings and the machine allow. `auto` never chooses naive: it is the definition, not a way to be quick.
 */
export async function chooseBackend(
  config: ResolvedConfig,
  plan: Plan | null,
  machine: Machine = THIS_MACHINE,
): Promise<Choice> {
  checkNames(config);
  const { backend: name, kernel: named } = config;
  const { kernels, reason: whyKernel } = allowedKernels(config, machine);
  const cores = machine.cores();
  const counts = allowedThreads(config, plan, cores);
  const tuning = readTuning(config.tuning, cores);
  const work = plan === null ? null : expectedWork(plan, plan.trials ?? ENDLESS);
  const known = work === null ? [] : predictions(tuning.profile, work, kernels, counts);
  const { kernel, workers: count } = known[0] ?? { kernel: kernels[0], workers: counts[0] };
  const found = await KERNELS[kernel]();
  const hasThreads = name === "workers" || count > 1;
  const inner = hasThreads ? workers(found.kernel, found.backend) : found.backend;
  const backend = name === "streaming" ? streaming(inner) : inner;
  const isTold = work !== null && plan?.trials !== null;
  const here = isTold && hasThreads && name === "auto" ? predictions(tuning.profile, work, [kernel], [1]) : [];
  return {
    backend,
    kernel,
    threads: hasThreads ? count : 1,
    settings: settingsFor(config, hasThreads, count, tuning),
    reason: whyText(config, hasThreads, count, whyKernel),
    predictions: isTold ? [...known, ...here] : [],
    tuning: { ...tuning, problem: isAuto(name, named) ? tuning.problem : null },
  };
}

/** What `profile` runs, in this thread: it sees no other. */
export async function kernelToProfile(config: ResolvedConfig, machine: Machine = THIS_MACHINE): Promise<KernelPackage> {
  checkNames(config);
  const { backend } = config;
  if (EXECUTORS.includes(backend)) {
    const known = Object.keys(KERNELS).join(", ");
    refuse("backend", `profile watches one thread; expected auto, ${known}, found ${backend}`);
  }
  return await KERNELS[allowedKernels(config, machine).kernels[0]]();
}

function isAuto(backend: string, kernel: string): boolean {
  return backend === "auto" || (!Object.hasOwn(KERNELS, backend) && kernel === "auto");
}

function settingsFor(
  { workers: asked, batchTrials: batch }: ResolvedConfig,
  hasThreads: boolean,
  count: number,
  { profile }: Tuning,
): BackendSettings {
  const batchTrials = batch !== "auto" ? batch : hasThreads ? profile.batchTrials : null;
  const threads = asked === "auto" ? (hasThreads ? count : null) : asked;
  return { ...(batchTrials !== null && { batchTrials }), ...(threads !== null && { workers: threads }) };
}

function whyText(
  { backend: name, workers: asked, sources }: ResolvedConfig,
  hasThreads: boolean,
  count: number,
  whyKernel: string,
): string {
  const threads = asked === "auto" ? `auto: ${count} threads` : `${asked} workers: ${sources.workers}`;
  const reasons = [
    ...(EXECUTORS.includes(name) ? [sources.backend] : []),
    ...(hasThreads && name !== "workers" ? [threads] : []),
  ];
  return reasons.length === 0 ? whyKernel : `${reasons.join(", ")}; kernel ${whyKernel}`;
}

function checkNames({ backend, kernel, useWasm, workers: asked }: ResolvedConfig): void {
  const kernels = Object.keys(KERNELS);
  const isKernel = kernels.includes(backend);
  if (backend !== "auto" && !isKernel && !EXECUTORS.includes(backend)) {
    const known = [...kernels, ...EXECUTORS].join(", ");
    refuse("backend", `unknown ${JSON.stringify(backend)}; known are auto, ${known}`);
  }
  if (kernel !== "auto" && !kernels.includes(kernel)) {
    refuse("kernel", `unknown ${JSON.stringify(kernel)}; known are auto, ${kernels.join(", ")}`);
  }
  if (kernel !== "auto" && isKernel && backend !== kernel) {
    refuse("kernel", `expected auto or ${backend} with backend ${backend}, found ${kernel}`);
  }
  if ((isKernel ? backend : kernel) === "wasm" && !useWasm) {
    refuse("useWasm", `expected true with ${isKernel ? "backend" : "kernel"} wasm, found false`);
  }
  if (isKernel && asked !== "auto" && asked !== 1) {
    const allowed = "expected auto or 1, or backend workers";
    refuse("workers", `backend ${backend} runs in one thread; ${allowed}, found ${asked}`);
  }
}

/** The kernels that may be chosen, the one to take where nothing is known of their times first. */
function allowedKernels({ backend, kernel, useWasm, sources }: ResolvedConfig, { hasSimd }: Machine) {
  if (Object.hasOwn(KERNELS, backend)) return { kernels: [backend], reason: sources.backend };
  if (kernel !== "auto") return { kernels: [kernel], reason: sources.kernel };
  if (!useWasm) return { kernels: ["vectorized"], reason: "auto: the fastest without WebAssembly" };
  if (hasSimd()) return { kernels: ["wasm", "vectorized"], reason: "auto: the fastest" };
  return { kernels: ["vectorized"], reason: "auto: this machine has no WebAssembly with SIMD and threads" };
}

/** The numbers of threads that may be chosen, fewest first; the first where nothing is known of their times. */
function allowedThreads({ backend, workers: asked }: ResolvedConfig, plan: Plan | null, cores: number): number[] {
  if (Object.hasOwn(KERNELS, backend)) return [1];
  if (asked !== "auto") return [asked];
  if (backend === "workers") return [cores];
  return plan === null ? [1] : Array.from({ length: cores }, (_, i) => i + 1);
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
