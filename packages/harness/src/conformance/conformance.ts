import type { Backend } from "@lossmill/core";
import { blocks } from "./blocks.ts";
import { counts } from "./counts.ts";
import { knobs } from "./knobs.ts";
import { lifeCycle } from "./life-cycle.ts";
import { losses } from "./losses.ts";
import { manifest } from "./manifest.ts";
import { outputs } from "./outputs.ts";
import { randomVectors } from "./random-vectors.ts";
import { refusals } from "./refusals.ts";
import { sampling } from "./sampling.ts";
import { againstReference } from "./reference.ts";
import { sharedSimulator } from "./shared-simulator.ts";
import { type Suite, type TestRunner, suiteOf } from "./suite.ts";
import { summaries } from "./summaries.ts";
import { terms } from "./terms.ts";
import { truth } from "./truth.ts";

export interface ConformanceOptions {
  /** What registers a test, and, if it can, one that is skipped. */
  readonly test: TestRunner;
  readonly backend: Backend;
  /**
   * A backend that is right, to be compared with trial by trial on generated books; @lossmill/backend-naive is the
   * definition. Without it there are the recorded books only.
   */
  readonly reference?: Backend;
  /** How many generated books there are; 40 unless told. */
  readonly books?: number;
}

/** The groups of promises, the strongest first: who fails the first test need not read on. */
const GROUPS: Readonly<Record<string, (suite: Suite) => void>> = {
  manifest,
  "random vectors": randomVectors,
  counts,
  terms,
  losses,
  outputs,
  sampling,
  summaries,
  blocks,
  knobs,
  "life cycle": lifeCycle,
  refusals,
  truth,
};

/**
 * Registers the tests that hold a backend to its contract: what core's `contract.ts` says, and what the backend says of
 * itself. What it does not support is a skipped test, and that it refuses it is one that is run. What is expected is
 * recorded in this package: NumPy's uniforms, the losses of the definition, the exact figures of a book.
 *
 * Errors are thrown inside of the tests only, each one line: the place, what was expected, what was found.
 */
export function conformance({ test, backend, reference, books = 40 }: ConformanceOptions): void {
  const shared = sharedSimulator(backend);
  for (const [group, register] of Object.entries(GROUPS)) register(suiteOf(test, backend, shared, group));
  if (reference) againstReference(suiteOf(test, backend, shared, `against ${reference.name}`), reference, books);
}
