import { backend as naive } from "@lossmill/backend-naive";
import { backend as vectorized } from "@lossmill/backend-vectorized";
import { backend as wasm, isSupported } from "@lossmill/backend-wasm";
import { type Backend, LossmillError, type ResolvedConfig } from "@lossmill/core";

/** Every backend that this package brings, best first. */
const BACKENDS: readonly Backend[] = [wasm, vectorized, naive];

/** A chosen backend and, for `-v 2`, why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly reason: string;
}

/**
 * Chooses the backend that a configuration names, or the best one that its settings and the machine allow. `auto` never
 * chooses naive: it is the definition, not a way to be quick.
 */
export function chooseBackend(config: ResolvedConfig, hasSimd: () => boolean = isSupported): Choice {
  const { workers, batchTrials } = config;
  if (workers !== "auto" && workers > 1) {
    refuse("workers", `no backend here runs on more than one thread; expected auto or 1, found ${workers}`);
  }
  const choice = config.backend === "auto" ? bestOf(config, hasSimd) : named(config);
  if (batchTrials !== "auto" && !choice.backend.knobs.some((knob) => knob.name === "batchTrials")) {
    refuse("batchTrials", `backend ${choice.backend.name} has no such setting`);
  }
  return choice;
}

function bestOf({ useWasm }: ResolvedConfig, hasSimd: () => boolean): Choice {
  if (!useWasm) return { backend: vectorized, reason: "auto: the fastest without WebAssembly" };
  if (!hasSimd()) return { backend: vectorized, reason: "auto: this machine has no WebAssembly with SIMD and threads" };
  return { backend: wasm, reason: "auto: the fastest of one thread" };
}

function named({ backend: name, useWasm, sources }: ResolvedConfig): Choice {
  const backend = BACKENDS.find((candidate) => candidate.name === name);
  if (!backend) {
    const known = BACKENDS.map((candidate) => candidate.name).join(", ");
    return refuse("backend", `unknown ${JSON.stringify(name)}; known are auto, ${known}`);
  }
  if (backend === wasm && !useWasm) refuse("useWasm", "expected true with backend wasm, found false");
  return { backend, reason: sources.backend };
}

/** The backends that `verify` runs: the one that is named, held against naive, or all of them; naive, the definition, first. */
export function backendsToVerify(config: ResolvedConfig): readonly Backend[] {
  if (config.backend === "auto") {
    return [naive, vectorized, ...(config.useWasm && isSupported() ? [wasm] : [])];
  }
  const { backend } = chooseBackend(config);
  return backend === naive ? [naive] : [naive, backend];
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
