import { backend as wasm, kernel as wasmKernel } from "@lossmill/backend-wasm";
import type { Backend, Kernel } from "@lossmill/core";

/** A kernel, and the backend that runs it in this thread. */
export interface KernelPackage {
  readonly kernel: Kernel;
  readonly backend: Backend;
}

/** Every kernel that this package brings, best first. Loaded when chosen: naive's library takes longer than a small book. */
export const KERNELS: Readonly<Record<string, () => Promise<KernelPackage>>> = {
  wasm: async () => ({ kernel: wasmKernel, backend: wasm }),
  vectorized: async () => await import("@lossmill/backend-vectorized"),
  naive: async () => await import("@lossmill/backend-naive"),
};

/** Executors: workers run any kernel, and streaming whatever `auto` would choose. */
export const EXECUTORS: readonly string[] = ["workers", "streaming"];
