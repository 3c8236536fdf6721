import type { Contestant } from "../../src/contestant.ts";

/** Leaves without a word. */
export const contestant: Contestant = { versions: {}, load: () => () => process.exit(3) };
