import type { Contestant } from "../../src/contestant.ts";

/** Prints more than its line. */
export const contestant: Contestant = {
  versions: {},
  load() {
    process.stdout.write("hello\n");
    return () => ({ mean: 0, sd: 0 });
  },
};
