import { type CompiledPlan, type Kernel, LossmillError, type Note, type Plan } from "@lossmill/core";
import type { Bell } from "./bell.ts";
import type { Job } from "./block-loop.ts";
import { CONTROL, type SharedRun } from "./shared-run.ts";
import type { Threads } from "./threads.ts";

/** Workers that a run may lose, and how often it may lose as many as it has while it waits for one and the same block. */
const MOST_LOST = 20;
const MOST_LOST_AT_ONE_BLOCK = 2;

/** The workers of a run. */
export interface Crew {
  /** Why the run cannot go on; null while it can. */
  readonly failure: () => Error | null;
  /** Ends the work after the blocks in hand. */
  readonly stop: () => Promise<void>;
}

export interface CrewTask {
  readonly kernel: Kernel;
  readonly plan: Plan;
  readonly compiled: CompiledPlan;
  readonly run: SharedRun;
  readonly workers: number;
  /** Is rung whenever there is something to look at. */
  readonly bell: Bell;
  readonly onNote: (note: Note) => void;
}

/** Sets a crew to work. A worker that dies is replaced, and what it had taken is done again: it gives the same bits. */
export function hire(threads: Threads, task: CrewTask): Crew {
  const { kernel, plan, compiled, run, workers, bell, onNote } = task;
  const working = new Set<Promise<void>>();
  /** By worker: what it does again. */
  const redone: (readonly number[])[] = Array.from({ length: workers }, () => []);
  /** Workers that have died and have no successor yet. */
  const dead = new Set<number>();
  let failure: Error | null = null;
  let lost = 0;
  let lostAtBlock = 0;
  let blockWhenLost = -1;

  for (let worker = 0; worker < workers; worker++) start(worker, []);
  return {
    failure: () => failure,
    async stop() {
      halt(run);
      await Promise.all(working);
    },
  };

  function start(worker: number, redo: readonly number[]): void {
    redone[worker] = redo;
    dead.delete(worker);
    const { MessageChannel } = process.getBuiltinModule("node:worker_threads");
    const { port1, port2 } = new MessageChannel();
    port1.on("message", bell.ring);
    const job: Job = { kernel: kernel.module, plan, compiled, run, worker, redo, doorbell: port2 };
    const work = threads
      .run(job, [port2])
      .then(
        (refusal) => {
          if (refusal !== null) failure = new LossmillError(refusal.code, refusal.faults);
        },
        (error: unknown) => replace(worker, error),
      )
      .finally(() => {
        port1.close();
        working.delete(work);
        bell.ring();
      });
    working.add(work);
  }

  async function replace(worker: number, error: unknown): Promise<void> {
    dead.add(worker);
    if (isOver()) return;
    const reason = error instanceof Error ? error.message : String(error);
    const delivered = Atomics.load(run.control, CONTROL.delivered);
    lostAtBlock = delivered === blockWhenLost ? lostAtBlock + 1 : 1;
    blockWhenLost = delivered;
    lost++;
    if (lost > MOST_LOST || lostAtBlock > MOST_LOST_AT_ONE_BLOCK * workers) {
      const message = `worker threads end again and again, ${lost} so far, the last one so: ${reason}`;
      failure = new LossmillError("WORKER_FAILED", { place: `block ${delivered}`, message }, { cause: error });
      return;
    }
    if (lost === 1)
      onNote({ isWarning: true, message: `a worker thread ended (${reason}); its blocks are done again` });
    // Whether one that lives gets what it tries for is known in no time, unless the system has put it to sleep.
    while (isOneTrying() && !isOver()) await new Promise((resolve) => setImmediate(resolve));
    if (!isOver()) start(worker, unfinishedOf(worker));
  }

  function isOver(): boolean {
    return Atomics.load(run.control, CONTROL.stop) === 1 || failure !== null;
  }

  function isOneTrying(): boolean {
    return redone.some((_, worker) => !dead.has(worker) && Atomics.load(run.taken, 2 * worker + 1) < 0);
  }

  /** The blocks that a dead worker took and that nobody else has. */
  function unfinishedOf(worker: number): number[] {
    const delivered = Atomics.load(run.control, CONTROL.delivered) >>> 0;
    const isOpen = (index: number) =>
      index >= delivered &&
      index < Atomics.load(run.control, CONTROL.next) >>> 0 &&
      Atomics.load(run.ready, index % run.slots) !== ((index + 1) | 0) &&
      redone.every((_, other) => other === worker || !hasTaken(other, index));
    return [...new Set([...redone[worker], ...takenBy(run, worker)])].filter(isOpen).sort((a, b) => a - b);
  }

  function hasTaken(worker: number, index: number): boolean {
    const isSure = Atomics.load(run.taken, 2 * worker + 1) > 0;
    return redone[worker].includes(index) || (isSure && takenBy(run, worker).includes(index));
  }
}

/** What a worker has taken last, or tried for. */
function takenBy({ taken }: SharedRun, worker: number): number[] {
  const first = Atomics.load(taken, 2 * worker) >>> 0;
  return Array.from({ length: Math.abs(Atomics.load(taken, 2 * worker + 1)) }, (_, i) => first + i);
}

/** Tells the workers to stop. They may wait for a slot: the number they wait for changes, so that none misses it. */
function halt({ control }: SharedRun): void {
  Atomics.store(control, CONTROL.stop, 1);
  Atomics.add(control, CONTROL.delivered, 1);
  Atomics.notify(control, CONTROL.delivered);
}
