import type { Contestant } from "../../src/contestant.ts";

/** Fails in the middle of a run. */
export const contestant: Contestant = {
  versions: {},
  load: () => () => {
    throw new RangeError("out of luck");
  },
};
