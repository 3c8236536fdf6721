import { backend as naive } from "@lossmill/backend-naive";
import { type Backend, LossmillError, type ResolvedConfig } from "@lossmill/core";

/** Every backend that this package brings, best first: `auto` takes the first that the settings allow. */
const BACKENDS: readonly Backend[] = [naive];

/** A chosen backend and, for `-v 2`, why it was chosen. */
export interface Choice {
  readonly backend: Backend;
  readonly reason: string;
}

/** Chooses the backend that a configuration names, or the best one that its settings allow. */
export function chooseBackend({ backend: name, workers, batchTrials, sources }: ResolvedConfig): Choice {
  if (workers !== "auto" && workers > 1) {
    refuse("workers", `no backend here runs on more than one thread; expected auto or 1, found ${workers}`);
  }
  const backend = name === "auto" ? BACKENDS[0] : BACKENDS.find((candidate) => candidate.name === name);
  if (!backend) {
    return refuse(
      "backend",
      `unknown ${JSON.stringify(name)}; known are auto, ${BACKENDS.map((b) => b.name).join(", ")}`,
    );
  }
  if (batchTrials !== "auto" && !backend.knobs.some((knob) => knob.name === "batchTrials")) {
    refuse("batchTrials", `backend ${backend.name} has no such setting`);
  }
  return { backend, reason: name === "auto" ? "auto: the only one installed" : sources.backend };
}

/** The backends that `verify` runs: the one that is named, held against naive, or all of them; naive, the definition, first. */
export function backendsToVerify(config: ResolvedConfig): readonly Backend[] {
  if (config.backend === "auto") return [naive, ...BACKENDS.filter((backend) => backend !== naive)];
  const { backend } = chooseBackend(config);
  return backend === naive ? [naive] : [naive, backend];
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}
