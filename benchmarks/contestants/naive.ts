import type { Contestant } from "../src/contestant.ts";
import { contestantAt } from "./shared/naive-at.ts";

/** Lossmill's definition, at optimization level 0: what every ratio is relative to. */
export const contestant: Contestant = contestantAt(0);
