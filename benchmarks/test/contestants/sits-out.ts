import { type Contestant, Unsupported } from "../../src/contestant.ts";

/** Has no law at all. */
export const contestant: Contestant = {
  versions: {},
  load() {
    throw new Unsupported("no law poisson");
  },
};
