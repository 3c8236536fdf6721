import type { Backend, Collected, Plan, Simulator } from "@lossmill/core";
import { collectAsked } from "./book.ts";
import type { SharedSimulator } from "./shared-simulator.ts";

/** Registers a test under a name. What vitest, node:test, jest and mocha (`it`) have fits as it is. */
export interface TestRunner {
  (name: string, body: () => Promise<void>): unknown;
  /** Registers a test that is not run, but shown. Without it, a skipped test is one that passes and says so in its name. */
  readonly skip?: (name: string, body: () => Promise<void>) => unknown;
}

/** Where the tests of one group of promises are registered. */
export interface Suite {
  readonly backend: Backend;
  readonly test: (what: string, body: () => Promise<void>) => void;
  /** A test that cannot be run, because of what the backend says that it does not support. */
  readonly skip: (what: string, why: string) => void;
  /** An open simulator, not to be closed: other tests use it too. */
  readonly simulator: () => Promise<Simulator>;
  /** A whole run on it. */
  readonly run: (plan: Plan) => Promise<Collected>;
}

/** The suite of a group: its tests are named "backend: group: what". */
export function suiteOf(runner: TestRunner, backend: Backend, shared: SharedSimulator, group: string): Suite {
  const nameOf = (what: string) => `${backend.name}: ${group}: ${what}`;
  const nothing = async () => {};
  return {
    backend,
    simulator: shared.get,
    run: async (plan) => await collectAsked(plan, await shared.get()),
    test: (what, body) => {
      shared.expect();
      runner(nameOf(what), async () => {
        let hasPassed = false;
        try {
          await body();
          hasPassed = true;
        } finally {
          await shared.finish(hasPassed);
        }
      });
    },
    skip: (what, why) => {
      const name = `${nameOf(what)} (${why})`;
      if (runner.skip) runner.skip(name, nothing);
      else runner(`skipped: ${name}`, nothing);
    },
  };
}
