import type { Contestant } from "../src/contestant.ts";
import { contestantAt } from "./shared/naive-at.ts";

/** The same kernel on the plan rewritten as far as can be: what the planner is worth. */
export const contestant: Contestant = contestantAt(3);
