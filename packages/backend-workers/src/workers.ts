import {
  type Backend,
  type BackendSettings,
  type Kernel,
  LossmillError,
  type Note,
  type Part,
  type Plan,
  type Promises,
  type SimulateOptions,
  type Simulator,
  blockAt,
  blockCount,
  checkSupport,
  compile,
  inProcess,
  turns,
} from "@lossmill/core";
import { availableCores } from "./available-cores.ts";
import { bell } from "./bell.ts";
import { type Crew, hire } from "./crew.ts";
import { CONTROL, readSummary, shareRun, slotLosses } from "./shared-run.ts";
import { openThreads } from "./threads.ts";

/**
 * Any kernel on a pool of threads. Which thread computes a block, and when, changes no bit. Blocks are delivered in order.
 * With one core, or without shared memory, blocks are computed in this thread.
 */
export function workers(kernel: Kernel, { agreement, supports }: Promises): Backend {
  return {
    name: "workers",
    agreement,
    supports,
    knobs: [
      { name: "workers", description: "threads that compute; by default one for each core of this process" },
      { name: "batchTrials", description: "trials that a thread takes at once" },
      { name: "windowBytes", description: "bytes of losses that threads may be ahead by" },
    ],
    open: async (settings = {}) => openSimulator(kernel, { agreement, supports }, settings),
  };
}

function openSimulator(kernel: Kernel, promises: Promises, settings: BackendSettings): Simulator {
  const threads = openThreads();
  const closed = new AbortController();
  const crews = new Set<Crew>();
  let used: Float64Array | undefined;
  const here = inProcess(kernel, promises);

  return {
    async *simulate(plan: Plan, options: SimulateOptions = {}): AsyncGenerator<Part> {
      if (closed.signal.aborted) {
        throw new LossmillError("NOT_SUPPORTED", { place: "simulate", message: "the simulator is closed" });
      }
      checkSupport("workers", promises.supports, plan);
      const { onNote = () => {}, firstBlock = 0 } = options;
      const signal = AbortSignal.any([closed.signal, ...(options.signal ? [options.signal] : [])]);
      const { count, reason } = threadsFor(plan, firstBlock, settings);
      onNote({ isWarning: false, message: reason });
      if (count > 1) {
        yield* onThreads(plan, options, count, signal, onNote);
        return;
      }
      await using simulator = await here.open(settings);
      yield* simulator.simulate(plan, { ...options, signal });
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      await Promise.all([...crews].map((crew) => crew.stop()));
      await threads.close();
    },
  };

  async function* onThreads(
    plan: Plan,
    { firstBlock = 0, compiled = compile(plan) }: SimulateOptions,
    count: number,
    signal: AbortSignal,
    onNote: (note: Note) => void,
  ) {
    const run = shareRun(plan, count, settings, used);
    used = undefined;
    run.control.fill(firstBlock, CONTROL.next, CONTROL.delivered + 1);
    const losses = slotLosses(plan, run);
    const { ring, next } = bell();
    const crew = hire(threads, { kernel, plan, compiled, run, workers: count, bell: { ring, next }, onNote });
    crews.add(crew);
    signal.addEventListener("abort", ring);
    const isTurn = turns(undefined);
    try {
      const blocks = plan.trials === null ? Infinity : blockCount(plan.trials);
      for (let index = firstBlock; index < blocks; index++) {
        if (isTurn(index)) await new Promise((resolve) => setImmediate(resolve));
        const slot = index % run.slots;
        const done = (index + 1) | 0;
        Atomics.store(run.control, CONTROL.awaited, done);
        while (Atomics.load(run.ready, slot) !== done && crew.failure() === null && !signal.aborted) await next();
        const failure = crew.failure();
        if (failure !== null) throw failure;
        if (signal.aborted) return;
        yield { block: blockAt(index, plan.trials), losses: losses[slot], summary: readSummary(run, slot) };
        Atomics.store(run.control, CONTROL.delivered, done);
        Atomics.notify(run.control, CONTROL.delivered);
      }
    } finally {
      signal.removeEventListener("abort", ring);
      await crew.stop();
      crews.delete(crew);
      used = run.losses;
    }
  }
}

/** How many threads compute a plan, and why. */
function threadsFor({ trials }: Plan, firstBlock: number, { workers: asked }: BackendSettings) {
  if (typeof SharedArrayBuffer === "undefined") {
    return { count: 1, reason: "computed in this thread: there is no shared memory here" };
  }
  const wanted = asked ?? availableCores();
  const count = Math.min(wanted, trials === null ? Infinity : blockCount(trials) - firstBlock);
  if (wanted === 1) return { count, reason: `computed in this thread: one ${asked === 1 ? "worker" : "core"}` };
  if (count <= 1) return { count, reason: "computed in this thread: there is one block only" };
  return { count, reason: `computed on ${count} threads` };
}
