import type { Backend, Simulator } from "@lossmill/core";

/** One simulator for all tests that need none of their own: a simulator runs any number of plans, and starting may be slow. */
export interface SharedSimulator {
  readonly get: () => Promise<Simulator>;
  /** Says that one more test will come, or that it is over, and whether it has passed. The last one closes. */
  readonly expect: () => void;
  readonly finish: (hasPassed: boolean) => Promise<void>;
}

export function sharedSimulator(backend: Backend): SharedSimulator {
  const opened: Promise<Simulator>[] = [];
  let current: Promise<Simulator> | undefined;
  let expected = 0;
  return {
    get() {
      if (current === undefined) opened.push((current = backend.open()));
      return current;
    },
    expect: () => void expected++,
    async finish(hasPassed) {
      // A failure is to show in the test that it belongs to, and not in those after it.
      if (!hasPassed) current = undefined;
      if (--expected > 0) return;
      current = undefined;
      for (const simulator of opened.splice(0)) await simulator.then((one) => one[Symbol.asyncDispose](), ignore);
    },
  };
}

/** What could not be opened has been told by the test that opened it. */
const ignore = (): void => {};
