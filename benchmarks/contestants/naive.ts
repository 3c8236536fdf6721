import { backend } from "@lossmill/backend-naive";
import type { Contestant } from "../src/contestant.ts";
import { contestantOf } from "./shared/contestant-of.ts";

/** Lossmill's definition, at optimization level 0: what every ratio is relative to. */
export const contestant: Contestant = contestantOf(backend, 0);
