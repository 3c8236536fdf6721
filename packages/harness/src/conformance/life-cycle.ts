import { type Collected, LossmillError, type Part, type Plan, type Simulator, collect } from "@lossmill/core";
import { bestPlan, frozen, runWhole } from "./book.ts";
import { bookNamed } from "./books.ts";
import { mismatch, same } from "./mismatch.ts";
import { sameBits } from "./same-bits.ts";
import type { Suite } from "./suite.ts";

/** Parts after which an endless run that does not end is taken to have no end. */
const MOST_PARTS = 5000;

/** Simulators are opened, left, stopped, closed and opened again, and plans do not disturb each other. */
export function lifeCycle({ test, backend, simulator: shared, run }: Suite): void {
  const planOf = (trials: number | null) => {
    const plan = bestPlan({ ...bookNamed("4,096 trials"), trials: 1 }, backend.supports);
    return frozen({ ...plan, trials });
  };
  /** Blocks cost next to nothing, so that one that never ends is known soon. */
  const endless = () => frozen({ ...bestPlan(bookNamed("λ = 0"), backend.supports), trials: null });

  test("a signal that is raised before the run: no part, and no error", async () => {
    const simulator = await shared();
    for await (const { block } of simulator.simulate(planOf(40_000), { signal: AbortSignal.abort() })) {
      throw mismatch("parts", "none", `block ${block.index}`);
    }
  });

  test("a signal ends a run after the block in hand, with blocks that are right", async () => {
    const plan = planOf(400_000);
    const due = await run(frozen({ ...plan, trials: 4096 }));
    const controller = new AbortController();
    const simulator = await shared();
    let after = 0;
    for await (const { block, losses } of simulator.simulate(plan, { signal: controller.signal })) {
      if (controller.signal.aborted && ++after > 1) throw mismatch("parts after the signal", "at most 1", after);
      if (block.index === 0) same("total, trial 0", due.losses.total[0], losses.total[0]);
      controller.abort();
    }
  });

  test("a timer may stop an endless run: the event loop gets its turn", async () => {
    const controller = new AbortController();
    const simulator = await shared();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let parts = 0;
    for await (const _ of simulator.simulate(endless(), { signal: controller.signal })) {
      // Set once it runs: on a busy machine one that is set before may go off before the first block.
      timer ??= setTimeout(() => controller.abort(), 1);
      if (++parts > MOST_PARTS) throw mismatch("parts before a timer of 1 ms", `at most ${MOST_PARTS}`, "more");
    }
    if (parts === 0) throw mismatch("parts", "at least 1", 0);
  });

  test("a run may be left, and the simulator goes on", async () => {
    const plan = planOf(9000);
    const due = await run(plan);
    const simulator = await shared();
    for (const trials of [null, 40_000]) {
      for await (const _ of simulator.simulate(planOf(trials))) break;
    }
    sameBits("after it", due, await run(plan));
  });

  test("a simulator may be closed twice, and then refuses to run", async () => {
    const simulator = await backend.open();
    const plan = planOf(1);
    await collect(plan, simulator.simulate(plan));
    await simulator[Symbol.asyncDispose]();
    await simulator[Symbol.asyncDispose]();
    await refuses(simulator, plan);
  });

  test("closing ends a run that is under way, without an error", async () => {
    const simulator = await backend.open();
    let closing: PromiseLike<void> | undefined;
    let parts = 0;
    for await (const _ of simulator.simulate(endless())) {
      closing ??= simulator[Symbol.asyncDispose]();
      if (++parts > MOST_PARTS) throw mismatch("parts after closing", `at most ${MOST_PARTS}`, "more");
    }
    await closing;
  });

  test("opened again it gives the same bits, and so do two at once", async () => {
    const plan = planOf(9000);
    const due = await run(plan);
    const both = await Promise.all([runWhole(backend, plan), runWhole(backend, plan)]);
    for (const one of both) sameBits("two at once", due, one);
  });

  test("two plans at once on one simulator do not disturb each other", async () => {
    const other = bestPlan({ ...bookNamed("infinite variance"), trials: 9000 }, backend.supports);
    const due = [await run(planOf(9000)), await run(other)] as const;
    await twoAtOnce(await shared(), [planOf(9000), other], due);
  });
}

/** Takes parts of two runs by turns; a part stays as it is until the next of its own run is asked for. */
async function twoAtOnce(
  simulator: Simulator,
  plans: readonly [Plan, Plan],
  due: readonly [Collected, Collected],
): Promise<void> {
  const parts = plans.map((plan) => simulator.simulate(plan)[Symbol.asyncIterator]());
  try {
    for (;;) {
      const [first, second] = [await parts[0].next(), await parts[1].next()];
      if (first.done === true || second.done === true) {
        same("runs of as many blocks end together", first.done === true, second.done === true);
        return;
      }
      checkPart("the first run", first.value, due[0]);
      checkPart("the second run", second.value, due[1]);
    }
  } finally {
    for (const iterator of parts) await iterator.return?.();
  }
}

function checkPart(what: string, { block, losses }: Part, due: Collected): void {
  for (let t = block.start; t < block.end; t++) {
    same(`${what}: total, trial ${t}`, due.losses.total[t], losses.total[t - block.start]);
  }
}

/** Throws unless a closed simulator refuses, with the error that the contract names. */
async function refuses(simulator: Simulator, plan: Plan): Promise<void> {
  try {
    for await (const { block } of simulator.simulate(plan)) throw mismatch("closed", "no part", `block ${block.index}`);
  } catch (error) {
    if (error instanceof LossmillError && error.code === "NOT_SUPPORTED") return;
    throw mismatch("a closed simulator", "LossmillError NOT_SUPPORTED", error);
  }
  throw mismatch("a closed simulator", "LossmillError NOT_SUPPORTED", "no error");
}
