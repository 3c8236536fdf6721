import type { SharedMemory } from "./compiled-plan.ts";

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** Pages that kernels may add for themselves: some 8 for each instance and 4,096 lines. Address space, not memory. */
const PAGES_TO_GROW = 4096;

interface WebAssemblyHost {
  readonly Memory: new (options: object) => SharedMemory;
}

/** A buffer of at least `bytes`, and the WebAssembly memory that it belongs to, where there is one. */
export function planMemory(bytes: number): {
  readonly buffer: SharedArrayBuffer;
  readonly memory: SharedMemory | null;
} {
  const pages = Math.ceil(bytes / PAGE);
  const host = (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
  if (host !== undefined) {
    try {
      const maximum = Math.min(pages + PAGES_TO_GROW, MOST_PAGES);
      const memory = new host.Memory({ initial: pages, maximum, shared: true });
      return { buffer: memory.buffer, memory };
    } catch {
      // No shared memory, or no address space left for one: kernels in JavaScript do without.
    }
  }
  return { buffer: new SharedArrayBuffer(pages * PAGE), memory: null };
}
