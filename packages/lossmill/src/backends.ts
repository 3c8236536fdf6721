import { backend as wasm, isSupported, kernel as wasmKernel } from "@lossmill/backend-wasm";
import { streaming } from "@lossmill/backend-streaming";
import { availableCores, workers } from "@lossmill/backend-workers";
import {
  BLOCK_TRIALS,
  type Backend,
  type Kernel,
  LossmillError,
  type Plan,
  type ResolvedConfig,
  expectedDraws,
} from "@lossmill/core";

/** A kernel, and the backend that runs it in this thread. */
interface KernelPackage {
  readonly kernel: Kernel;
  readonly backend: Backend;
}

/** Every kernel that this package brings, best first. Loaded when chosen: naive's library takes longer than a small book. */
const KERNELS: Readonly<Record<string, () => Promise<KernelPackage>>> = {
  wasm: async () => ({ kernel: wasmKernel, backend: wasm }),
  vectorized: async () => await import("@lossmill/backend-vectorized"),
  naive: async () => await import("@lossmill/backend-naive"),
};

/** Executors: workers run any kernel, and streaming whatever `auto` would choose. */
const EXECUTORS: readonly string[] = ["workers", "streaming"];

/** A chosen backend, the kernel that it runs and, for `-v 2`, why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly kernel: string;
  /** Threads that compute; 1: the one that asks. */
  readonly threads: number;
  readonly reason: string;
}

/** What a choice depends on beside the settings. */
export interface Machine {
  readonly hasSimd: () => boolean;
  readonly cores: () => number;
}

const THIS_MACHINE: Machine = { hasSimd: isSupported, cores: () => availableCores() };

/**
 * Chooses the backend that a configuration names, or the best one for a plan that its settings and the machine allow.
 * `auto` never chooses naive: it is the definition, not a way to be quick.
 */
export async function chooseBackend(
  config: ResolvedConfig,
  plan: Plan | null,
  machine: Machine = THIS_MACHINE,
): Promise<Choice> {
  const { backend: name } = config;
  if (name !== "auto" && !Object.hasOwn(KERNELS, name) && !EXECUTORS.includes(name)) {
    const known = [...Object.keys(KERNELS), ...EXECUTORS].join(", ");
    refuse("backend", `unknown ${JSON.stringify(name)}; known are auto, ${known}`);
  }
  const { kernel, reason } = chooseKernel(config, machine);
  const found = await KERNELS[kernel]();
  const threads = whyThreads(config, plan, machine);
  const inner = threads === null ? found.backend : workers(found.kernel, found.backend);
  const backend = name === "streaming" ? streaming(inner) : inner;
  const reasons = [...(name === "streaming" ? [config.sources.backend] : []), ...(threads === null ? [] : [threads])];
  const count = threads === null ? 1 : config.workers === "auto" ? machine.cores() : config.workers;
  return {
    backend,
    kernel,
    threads: count,
    reason: reasons.length === 0 ? reason : `${reasons.join(", ")}; kernel ${reason}`,
  };
}

function chooseKernel(
  config: ResolvedConfig,
  { hasSimd }: Machine,
): { readonly kernel: string; readonly reason: string } {
  const { backend, kernel, useWasm, sources } = config;
  const isNamed = Object.hasOwn(KERNELS, backend);
  if (kernel !== "auto") {
    if (!Object.hasOwn(KERNELS, kernel)) {
      refuse("kernel", `unknown ${JSON.stringify(kernel)}; known are auto, ${Object.keys(KERNELS).join(", ")}`);
    }
    if (isNamed && backend !== kernel)
      refuse("kernel", `expected auto or ${backend} with backend ${backend}, found ${kernel}`);
  }
  const name = isNamed ? backend : kernel;
  if (name === "wasm" && !useWasm)
    refuse("useWasm", `expected true with ${isNamed ? "backend" : "kernel"} wasm, found false`);
  if (name !== "auto") return { kernel: name, reason: isNamed ? sources.backend : sources.kernel };
  if (!useWasm) return { kernel: "vectorized", reason: "auto: the fastest without WebAssembly" };
  if (hasSimd()) return { kernel: "wasm", reason: "auto: the fastest" };
  return { kernel: "vectorized", reason: "auto: this machine has no WebAssembly with SIMD and threads" };
}

/** Why blocks are computed on threads; null where they are computed in this one. */
function whyThreads(
  { backend, workers: asked, sources }: ResolvedConfig,
  plan: Plan | null,
  { cores }: Machine,
): string | null {
  if (backend === "workers") return sources.backend;
  if (backend !== "auto" && backend !== "streaming") {
    if (asked === "auto" || asked === 1) return null;
    return refuse(
      "workers",
      `backend ${backend} runs in one thread; expected auto or 1, or backend workers, found ${asked}`,
    );
  }
  if (asked !== "auto") return asked === 1 ? null : `${asked} workers: ${sources.workers}`;
  if (plan === null || cores() === 1 || !isWorthThreads(plan)) return null;
  return `auto: ${cores()} cores, and enough to do`;
}

/** Uniforms that repay starting threads: a quarter of a second in one. */
const REPAYING_DRAWS = 3e7;
/** Lines and blocks that do so whatever is drawn. */
const REPAYING_LINES = 2e5;

function isWorthThreads({ lines, trials }: Plan): boolean {
  if (trials === null) return true;
  const blocks = trials / BLOCK_TRIALS;
  const copies = lines.reduce((sum, line) => sum + line.copies, 0);
  if (copies * blocks >= REPAYING_LINES) return true;
  return lines.reduce((sum, line) => sum + expectedDraws(line), 0) * blocks >= REPAYING_DRAWS;
}

/** The backends that `verify` runs: the one that is named, held against naive, or all of them; naive, the definition, first. */
export async function backendsToVerify(config: ResolvedConfig): Promise<readonly Backend[]> {
  const { backend: naive } = await KERNELS["naive"]();
  if (config.backend === "auto" && config.workers === "auto") {
    const { backend: vectorized } = await KERNELS["vectorized"]();
    return [naive, vectorized, ...(config.useWasm && isSupported() ? [wasm] : [])];
  }
  const { backend } = await chooseBackend(config, null);
  return backend === naive ? [naive] : [naive, backend];
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
