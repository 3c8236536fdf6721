import { backend } from "@lossmill/backend-wasm";
import type { Contestant } from "../src/contestant.ts";
import { contestantOf } from "./shared/contestant-of.ts";

/** Whole blocks in SIMD WebAssembly, on the plan rewritten as far as can be: what Lossmill is used with. */
export const contestant: Contestant = contestantOf(backend, 3);
