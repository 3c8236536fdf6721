import { backend } from "@lossmill/backend-naive";
import type { Contestant } from "../src/contestant.ts";
import { contestantOf } from "./shared/contestant-of.ts";

/** The same kernel on the plan rewritten as far as can be: what the planner is worth. */
export const contestant: Contestant = contestantOf(backend, 3);
