import { BLOCK_TRIALS, type Part, type Plan, type Simulator, blockAt, blockCount, lossesFor } from "@lossmill/core";
import { bestPlan } from "./book.ts";
import { bookNamed } from "./books.ts";
import { mismatch, same } from "./mismatch.ts";
import type { Suite } from "./suite.ts";

/** Every block comes exactly once, in any order, with its trials. */
export function blocks({ test, backend, simulator }: Suite): void {
  const plan = (trials: number) => bestPlan({ ...bookNamed("4,096 trials"), trials }, backend.supports);
  for (const trials of [1, 4095, 4096, 4097, 40_000]) {
    test(`of ${trials} trials, each once`, () => checkBlocks(simulator(), plan(trials), 0));
  }
  test("from a first block on", () => checkBlocks(simulator(), plan(40_000), 7));
  test("none from beyond the last on", () => checkBlocks(simulator(), plan(4097), 2));
}

async function checkBlocks(opening: Promise<Simulator>, plan: Plan, firstBlock: number): Promise<void> {
  const simulator = await opening;
  const seen = new Set<number>();
  const last = blockCount(plan.trials!) - 1;
  for await (const part of simulator.simulate(plan, { firstBlock })) {
    const { index, start, end } = part.block;
    if (!(Number.isInteger(index) && index >= firstBlock && index <= last)) {
      throw mismatch("block.index", `${firstBlock} to ${last}`, index);
    }
    const due = blockAt(index, plan.trials);
    same(`start of block ${index}`, due.start, start);
    same(`end of block ${index}`, due.end, end);
    if (seen.has(index)) throw mismatch(`block ${index}`, "once", "again");
    seen.add(index);
    checkArrays(part, plan);
  }
  for (let index = firstBlock; index <= last; index++) {
    if (!seen.has(index)) throw mismatch(`block ${index}`, "once", "never");
  }
}

/** Whoever takes a part may rely on arrays of a whole block, also where it is short. */
export function checkArrays({ losses }: Part, plan: Plan): void {
  for (const output of ["total", "maxOccurrence", "claims"] as const) {
    const values = losses[output];
    if (!(values instanceof Float64Array)) throw mismatch(`losses.${output}`, "a Float64Array", typeof values);
    if (values.length < BLOCK_TRIALS) throw mismatch(`losses.${output}`, `${BLOCK_TRIALS} trials`, values.length);
  }
  const due = lossesFor(plan);
  for (const name of ["weight", "controls", "byPolicy"] as const) {
    const [numbers, found] = [due[name]?.length ?? 0, losses[name]?.length ?? 0];
    if (found < numbers) throw mismatch(`losses.${name}`, `${numbers} numbers`, found);
  }
}
