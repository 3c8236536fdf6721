import { backend as wasm, isSupported } from "@lossmill/backend-wasm";
import { type Backend, LossmillError, type ResolvedConfig } from "@lossmill/core";

/** Every backend that this package brings, best first. Loaded when chosen: naive's library takes longer than a small book. */
const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  wasm: async () => wasm,
  vectorized: async () => (await import("@lossmill/backend-vectorized")).backend,
  naive: async () => (await import("@lossmill/backend-naive")).backend,
};

/** A chosen backend and, for `-v 2`, why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly reason: string;
}

/**
 * Chooses the backend that a configuration names, or the best one that its settings and the machine allow. `auto` never
 * chooses naive: it is the definition, not a way to be quick.
 */
export async function chooseBackend(config: ResolvedConfig, hasSimd: () => boolean = isSupported): Promise<Choice> {
  const { workers, batchTrials } = config;
  if (workers !== "auto" && workers > 1) {
    refuse("workers", `no backend here runs on more than one thread; expected auto or 1, found ${workers}`);
  }
  const { name, reason } = config.backend === "auto" ? bestOf(config, hasSimd) : named(config);
  const choice = { backend: await BACKENDS[name](), reason };
  if (batchTrials !== "auto" && !choice.backend.knobs.some((knob) => knob.name === "batchTrials")) {
    refuse("batchTrials", `backend ${choice.backend.name} has no such setting`);
  }
  return choice;
}

interface Named {
  readonly name: string;
  readonly reason: string;
}

function bestOf({ useWasm }: ResolvedConfig, hasSimd: () => boolean): Named {
  if (!useWasm) return { name: "vectorized", reason: "auto: the fastest without WebAssembly" };
  if (!hasSimd()) return { name: "vectorized", reason: "auto: this machine has no WebAssembly with SIMD and threads" };
  return { name: "wasm", reason: "auto: the fastest of one thread" };
}

function named({ backend: name, useWasm, sources }: ResolvedConfig): Named {
  if (!Object.hasOwn(BACKENDS, name)) {
    const known = Object.keys(BACKENDS).join(", ");
    return refuse("backend", `unknown ${JSON.stringify(name)}; known are auto, ${known}`);
  }
  if (name === "wasm" && !useWasm) refuse("useWasm", "expected true with backend wasm, found false");
  return { name, reason: sources.backend };
}

/** The backends that `verify` runs: the one that is named, held against naive, or all of them; naive, the definition, first. */
export async function backendsToVerify(config: ResolvedConfig): Promise<readonly Backend[]> {
  const naive = await BACKENDS["naive"]();
  if (config.backend === "auto") {
    const vectorized = await BACKENDS["vectorized"]();
    return [naive, vectorized, ...(config.useWasm && isSupported() ? [wasm] : [])];
  }
  const { backend } = await chooseBackend(config);
  return backend === naive ? [naive] : [naive, backend];
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
