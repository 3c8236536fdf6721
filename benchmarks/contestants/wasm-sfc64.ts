import { backend } from "@lossmill/backend-wasm";
import type { Contestant } from "../src/contestant.ts";
import { contestantOf } from "./shared/contestant-of.ts";

/** As wasm.ts, with `generator: sfc64`. */
export const contestant: Contestant = contestantOf(backend, 3, "sfc64");
