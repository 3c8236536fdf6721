import { backend } from "@lossmill/backend-vectorized";
import type { Contestant } from "../src/contestant.ts";
import { contestantOf } from "./shared/contestant-of.ts";

/** The same in plain TypeScript, an array at a time. */
export const contestant: Contestant = contestantOf(backend, 3);
