import { isSupported } from "@lossmill/backend-wasm";
import type { Backend, ResolvedConfig } from "@lossmill/core";
import { KERNELS } from "./backends.ts";
import { chooseBackend } from "./choose-backend.ts";

/** The backends that `verify` runs: the one that is named, held against naive, or all of them; naive, the definition, first. */
export async function backendsToVerify(config: ResolvedConfig): Promise<readonly Backend[]> {
  const { backend: naive } = await KERNELS["naive"]();
  if (config.backend === "auto" && config.workers === "auto") {
    const { backend: vectorized } = await KERNELS["vectorized"]();
    return [naive, vectorized, ...(config.useWasm && isSupported() ? [(await KERNELS["wasm"]()).backend] : [])];
  }
  const { backend } = await chooseBackend(config, null);
  return backend === naive ? [naive] : [naive, backend];
}
